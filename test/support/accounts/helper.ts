import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KeychainHelper } from '../../../electron/broker/accounts/keychain-store.ts'

/** The helper's source, which Node 24 runs as it is. */
export const HELPER_SOURCE = fileURLToPath(
  new URL('../../../electron/broker/accounts/keychain-helper.ts', import.meta.url),
)

export const helper: KeychainHelper = { command: process.execPath, args: [HELPER_SOURCE] }

/** Another program in the helper's place. */
export function fakeHelper(source: string): KeychainHelper {
  const script = join(mkdtempSync(join(tmpdir(), 'kosmo-helper-')), 'helper.cjs')
  writeFileSync(script, source)
  return { command: process.execPath, args: [script] }
}
