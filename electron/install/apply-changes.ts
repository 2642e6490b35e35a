import { chmodSync, existsSync, mkdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { KosmoError } from '../../shared/errors.ts'
import type { FileChange, OutsidePlan } from '../../shared/install/outside-plan.ts'
import { faultWords } from '../broker/fault-words.ts'
import { readOther, writeOther } from '../clients/other-file.ts'
import type { InstallSystem } from './install-system.ts'

/**
 * Makes what a plan shows, if all is still as it was looked at; where a part fails, the rest is taken back.
 *
 * @throws KosmoError `refused` or `not_configured`, a sentence that says how things are now
 */
export async function applyChanges(
  { changes, userPath }: Extract<OutsidePlan, { kind: 'plan' }>,
  { uid, userPath: registry }: Pick<InstallSystem, 'uid' | 'userPath'>,
): Promise<void> {
  const made: { path: string; undo: () => void }[] = []
  let path = ''
  try {
    for (const change of changes) {
      path = change.path
      made.unshift({ path, undo: makeChange(change, uid) })
    }
    if (userPath !== undefined && registry !== undefined) {
      path = 'The PATH of your user account'
      if ((await registry.read()) !== userPath.before) throw changedSince(path)
      await registry.write(userPath.after)
    }
  } catch (error) {
    const left = made.filter(({ undo }) => !isTakenBack(undo)).map(({ path }) => path)
    const now =
      left.length === 0 ? 'Everything is as it was.' : `These could not be put back: ${left.join(', ')}.`
    const why =
      error instanceof KosmoError ? error.message : `${path} could not be written (${faultWords(error)}).`
    throw new KosmoError(error instanceof KosmoError ? error.code : 'not_configured', `${why} ${now}`)
  }
}

/** @returns what takes it back */
function makeChange({ path, before, after, mode }: FileChange, uid: number | undefined): () => void {
  const file = readOther(path, { uid })
  if (file.kind === 'refused') throw new KosmoError('refused', file.why)
  const now = file.kind === 'text' ? file.text : undefined
  if (now !== before) throw changedSince(path)
  const { target } = file
  if (after === undefined) {
    rmSync(target)
    const oldMode = file.kind === 'text' ? file.mode : mode
    return () => before !== undefined && writeOther(target, before, oldMode)
  }
  const folders = missingFolders(dirname(target))
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 })
  writeOther(target, after, file.kind === 'text' ? file.mode : mode)
  // A start of ours that lost its rights gets them back.
  if (mode === 0o755) chmodSync(target, mode)
  return () => {
    if (before !== undefined) return writeOther(target, before, file.kind === 'text' ? file.mode : mode)
    rmSync(target, { force: true })
    for (const folder of folders.reverse()) removeEmpty(folder)
  }
}

function isTakenBack(undo: () => void): boolean {
  try {
    undo()
    return true
  } catch {
    return false
  }
}

function missingFolders(folder: string): string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder]
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Somebody has put something there.
  }
}

function changedSince(what: string): KosmoError {
  return new KosmoError('refused', `${what} has changed since this was shown; look again.`)
}
