import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the built programs are: all in one folder, beside the one that runs. */
export function ownProgram(name: 'kosmo' | 'keychain-helper' | 'lua-sandbox'): string {
  return join(dirname(realpathSync(process.argv[1] ?? '.')), `${name}.cjs`)
}
