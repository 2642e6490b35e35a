import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the built programs are: all in one folder, unless told otherwise the one of the program that runs. */
export function ownProgram(name: 'kosmo' | 'keychain-helper', folder = folderOfThisProgram()): string {
  return join(folder, `${name}.cjs`)
}

function folderOfThisProgram(): string {
  return dirname(realpathSync(process.argv[1] ?? '.'))
}
