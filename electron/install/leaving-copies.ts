import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KosmoError } from '../../shared/errors.ts'
import { faultCode } from '../broker/fault-code.ts'
import { foldersInUse, isOurs } from './cli-copies.ts'

/**
 * Removes the copies of an AppImage's command line, but for those that a client runs at this moment, and for what
 * somebody else put beside them.
 *
 * @throws KosmoError `refused` where one stays, `not_configured`
 */
export function removeCopies(folder: string): void {
  const used = foldersInUse(folder)
  try {
    for (const name of readdirSync(folder)) {
      if (!used.has(name) && isOurs(folder, name))
        rmSync(join(folder, name), { recursive: true, force: true })
    }
    if (used.size > 0) {
      const names = [...used].join(', ')
      throw new KosmoError('refused', `A client runs ${names}. Close it, then remove ${folder}.`)
    }
    const [foreign] = readdirSync(folder)
    if (foreign !== undefined) {
      throw new KosmoError('refused', `KosmoKrator did not put ${foreign} into ${folder}: both stay.`)
    }
    rmdirSync(folder)
    rmdirSync(dirname(folder))
  } catch (error) {
    if (error instanceof KosmoError) throw error
    const code = faultCode(error)
    // Something else is in the folder above.
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return
    throw new KosmoError('not_configured', `${folder} could not be removed (${code}). Remove it yourself.`)
  }
}
