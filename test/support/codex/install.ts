import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { installClient } from '../clients/install-client.ts'

/** The Codex that the suite drives. Its behaviour is measured, not promised: raise it on purpose. */
export const codexVersion = '0.169.0'

/**
 * Returns the path of Codex's native binary, installing it into the test cache on first use.
 * The binary and not its Node launcher, so that ending the process ends Codex.
 */
export async function installCodex(): Promise<string> {
  const folder = await installClient({ name: '@openai/codex', version: codexVersion, megabytes: 400 })
  const pattern = 'node_modules/@openai/codex-*/vendor/*/bin/codex{,.exe}'
  for await (const found of glob(pattern, { cwd: folder })) return join(folder, found)
  throw new Error(`No native Codex ${codexVersion} for ${process.platform} ${process.arch}`)
}
