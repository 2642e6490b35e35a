import { fstatSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditHead, HeadState } from '../../../shared/audit/head.ts'
import { follows, GENESIS, readLinkBytes } from '../../../shared/audit/link.ts'
import { Unreadable } from '../../../shared/audit/torn.ts'
import { sha256 } from '../../sha256.ts'
import { reading } from './audit-files.ts'
import { readLines, readLinesBack } from './read-lines.ts'

/** Where the chain goes on. `file` is that of the last entry, empty before the first. */
export type Tip = {
  seq: number
  hash: string
  file: string
  torn?: string | undefined
  lost?: true | undefined
}

/**
 * Finds the end of the chain: the end record's, and what follows from it (a process may have been killed before it
 * wrote the record). Lines that are gone or forged do not move it back: the gap has to stay to be found.
 */
export function findTip(folder: string, files: string[], state: HeadState): Tip {
  return state.kind === 'head' ? fromHead(folder, files, state.head) : withoutHead(folder, files)
}

function fromHead(folder: string, files: string[], head: AuditHead): Tip {
  const tip: Tip = { seq: head.seq, hash: head.hash, file: head.file }
  let unreadable = new Unreadable()
  for (const file of files.filter(name => name >= head.file)) {
    const foreign = reading(join(folder, file), descriptor => {
      const { size } = fstatSync(descriptor)
      const from = file === head.file ? head.size : 0
      for (const { bytes, open } of readLines(descriptor, Math.min(from, size), size)) {
        const link = readLinkBytes(bytes, sha256)
        if (link === undefined) unreadable.add({ file, line: 0 }, bytes, open)
        else if (link.sound && follows(link, tip)) {
          Object.assign(tip, { seq: link.seq, hash: link.hash, file })
          unreadable = new Unreadable()
        } else return true
      }
      return false
    })
    // A line that does not follow was not written by us: what stands after it is not ours to explain.
    if (foreign === true) return tip
  }
  return unreadable.open ? { ...tip, torn: unreadable.hash(sha256) } : tip
}

/** The first entry of all; or somebody removed the record, which the next entry says. */
function withoutHead(folder: string, files: string[]): Tip {
  let some = false
  for (const file of files.toReversed()) {
    const tip = reading(join(folder, file), descriptor => {
      for (const { bytes } of readLinesBack(descriptor, fstatSync(descriptor).size)) {
        some = true
        const link = readLinkBytes(bytes, sha256)
        if (link?.sound) return { seq: link.seq, hash: link.hash, file }
      }
      return undefined
    })
    if (tip !== undefined) return { ...tip, lost: true }
  }
  const none = { seq: 0, hash: GENESIS, file: '' }
  return some ? { ...none, lost: true } : none
}
