import { existsSync, rmdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Applied, Plan } from '../../shared/clients/plan.ts'
import type { Receipt } from '../../shared/clients/receipt.ts'
import { faultWords } from '../broker/fault-words.ts'
import { sha256 } from '../sha256.ts'
import { keepBackup } from './backups.ts'
import type { ClientSystem } from './client-system.ts'
import { type OtherFile, readOther, writeOther } from './other-file.ts'
import type { Receipts } from './receipts.ts'
import type { Verification } from './verification.ts'

/** Looks at a change that was just made through the eyes of the client. */
export type Verify = () => Promise<Verification>

/**
 * Makes the change that a plan shows, if the file is still the one that was looked at, and takes it back where the
 * client does not get along with it.
 */
export async function applyPlan(
  plan: Plan,
  verify: Verify,
  receipts: Receipts,
  system: ClientSystem,
): Promise<Applied> {
  const file = readOther(plan.path, { uid: system.uid })
  if (!isAsShown(file, plan)) {
    return {
      kind: 'refused',
      code: 'changed_since_shown',
      message: `${plan.path} has changed since this was shown. Nothing was written; look again.`,
    }
  }
  const before = file.kind === 'text' ? file : undefined
  const replaced = receipts.get(plan.target, plan.name)
  let backup: string | undefined
  let undo: () => void
  try {
    backup = before && backUp(plan, before.text, receipts, system)
    undo = write(plan, before, backup, receipts)
  } catch (error) {
    try {
      restoreReceipt(plan, replaced, receipts)
    } catch {
      // One too many speaks of an entry that is not there, and is passed over.
    }
    return {
      kind: 'refused',
      code: 'not_written',
      message: `${plan.path} could not be written (${faultWords(error)}) and is as it was.`,
    }
  }
  const verified = await verify()
  if (verified.kind === 'verified') {
    if (plan.action === 'uninstall') receipts.remove(plan.target, plan.name)
    return { kind: 'done', backup, verified: verified.said, warnings: verified.warnings }
  }
  return takeBack(plan, verified.why, undo, system, () => restoreReceipt(plan, replaced, receipts))
}

function isAsShown(file: OtherFile, { target, beforeHash }: Plan): boolean {
  if (file.kind === 'refused' || file.target !== target) return false
  return beforeHash === (file.kind === 'text' ? file.hash : undefined)
}

function backUp(plan: Plan, text: string, receipts: Receipts, { kosmoHome, now }: ClientSystem): string {
  const needed = receipts.list().flatMap(({ origin }) => (origin.kind === 'file' ? [origin.backup] : []))
  return keepBackup(kosmoHome, { client: plan.client, text, at: now() }, needed)
}

/**
 * The receipt goes first: killed in between, there is one too many, and not an entry that nobody knows.
 *
 * @returns what takes it back
 */
function write(
  plan: Plan,
  before: { text: string; mode: number } | undefined,
  backup: string | undefined,
  receipts: Receipts,
): () => void {
  const { target, after, receipt, removeFolders } = plan
  const folders = missingFolders(dirname(target))
  if (plan.action === 'install' && receipt !== undefined) receipts.put(completed(receipt, backup, folders))
  if (after === undefined) {
    rmSync(target)
    removeEmpty(removeFolders)
  } else {
    writeOther(target, after, before?.mode)
  }
  return () => {
    if (before !== undefined) return writeOther(target, before.text, before.mode)
    rmSync(target, { force: true })
    removeEmpty([...folders].reverse())
  }
}

/** The receipt with what is known only now. */
function completed(receipt: Receipt, backup: string | undefined, folders: string[]): Receipt {
  const { origin } = receipt
  const isNew = origin.kind === 'file' && origin.backup === ''
  return {
    ...receipt,
    origin: isNew && backup !== undefined ? { ...origin, backup } : origin,
    madeFolders: folders.length > 0 ? folders : receipt.madeFolders,
  }
}

function takeBack(
  plan: Plan,
  why: string,
  undo: () => void,
  { uid }: ClientSystem,
  restore: () => void,
): Applied {
  const now = readOther(plan.path, { uid })
  const isOurs =
    plan.after === undefined ? now.kind === 'missing' : now.kind === 'text' && now.hash === sha256(plan.after)
  if (!isOurs) {
    return {
      kind: 'rolled-back',
      why: `${why} Meanwhile somebody else wrote to ${plan.path}, so it was not put back: take the entry ${plan.name} out yourself.`,
    }
  }
  try {
    undo()
    restore()
  } catch (error) {
    return {
      kind: 'rolled-back',
      why: `${why} ${plan.path} could not be put back (${faultWords(error)}): take the entry ${plan.name} out yourself.`,
    }
  }
  return { kind: 'rolled-back', why: `${why} ${plan.path} is as it was before.` }
}

function restoreReceipt(plan: Plan, replaced: Receipt | undefined, receipts: Receipts): void {
  if (replaced !== undefined) receipts.put(replaced)
  else receipts.remove(plan.target, plan.name)
}

/** The folders on the way to a path that are not there, outermost first. */
function missingFolders(folder: string): string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder]
}

function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder)
    } catch {
      // Somebody has put something there, so it stays.
    }
  }
}
