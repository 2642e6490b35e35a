import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KosmoError } from '../../shared/errors.ts'
import { faultCode } from '../broker/fault-code.ts'
import { foldersInUse } from './cli-copies.ts'

/**
 * Removes the copies of an AppImage's command line, but for those that a client runs at this moment.
 *
 * @returns a sentence where something stays
 * @throws KosmoError `not_configured`
 */
export function removeCopies(folder: string): string | undefined {
  const used = foldersInUse(folder)
  try {
    for (const name of readdirSync(folder)) {
      if (!used.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
    }
    if (used.size > 0) {
      return `${[...used].join(', ')} stays: a client runs it. Close the client, then remove ${folder}.`
    }
    rmSync(folder, { recursive: true, force: true })
    rmdirSync(dirname(folder))
  } catch (error) {
    const code = faultCode(error)
    // Something else is in the folder above.
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return undefined
    throw new KosmoError('not_configured', `${folder} could not be removed (${code}). Remove it yourself.`)
  }
  return undefined
}
