import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { installClient } from '../clients/install-client.ts'

/** The Codex that the suite drives. Its behaviour is measured, not promised: raise it on purpose. */
export const codexVersion = '0.169.0'

/** Older ones that people still have: each side of what changed in what Codex takes and shows. */
export const olderCodexVersions = ['0.125.0', '0.143.0', '0.144.0'] as const

/**
 * Returns the path of Codex's native binary, installing it into the test cache on first use.
 * The binary and not its Node launcher, so that ending the process ends Codex.
 */
export async function installCodex(version: string = codexVersion): Promise<string> {
  const folder = await installClient({ name: '@openai/codex', version, megabytes: 400 })
  // The folder was called after the program up to 0.125.
  const pattern = 'node_modules/@openai/codex-*/vendor/*/{bin,codex}/codex{,.exe}'
  for await (const found of glob(pattern, { cwd: folder })) return join(folder, found)
  throw new Error(`No native Codex ${version} for ${process.platform} ${process.arch}`)
}
