import { join } from 'node:path'
import * as z from 'zod'
import { KosmoError } from '../../shared/errors.ts'
import {
  type Grant,
  type GrantableWrite,
  grantCovers,
  grantSchema,
  isExpired,
  type StoredGrant,
  storedGrantSchema,
  withUse,
} from '../../shared/policy/grant.ts'
import { faultWords } from './fault-words.ts'
import { jsonReader, jsonText } from './json-file.ts'
import { writeWhole } from './whole-file.ts'

export type Grants = {
  /** Those in force or to come, of the sessions first. */
  list(): Grant[]
  /** The grant that lets a write through, with this use noted in it; undefined = ask. */
  find(write: GrantableWrite): Grant | undefined
  /** @throws KosmoError `not_configured` where it cannot be kept; the approval that it came with stands */
  add(grant: Grant): void
  /** Whether there was one. @throws KosmoError `not_configured` where the file cannot be read or written */
  revoke(id: string): boolean
  /**
   * Takes back every grant and says how many. The one thing that replaces a file which cannot be read: the person
   * asked for everything in it to be gone. @throws KosmoError `not_configured` where it cannot be written
   */
  revokeAll(): number
  /** Forgets what was granted for one session. */
  endSession(session: string): void
  /** Why the file gives no grants, for the person; undefined where it does. */
  fault(): string | undefined
}

const fileSchema = z.strictObject({ version: z.literal(1), grants: z.array(storedGrantSchema) })

/**
 * The grants in a home folder of ours; `now` in milliseconds since 1970. Those for a session are only in memory. A
 * file that cannot be read grants nothing, so people are asked, and it is left as it is.
 */
export function openGrants(home: string, now: () => number): Grants {
  const path = join(home, 'grants.json')
  const readFile = jsonReader(path, fileSchema)
  let ofSessions: Grant[] = []

  const fault = (): string | undefined => {
    const file = readFile()
    if (file.kind !== 'broken') return undefined
    return `The remembered approvals cannot be read, so every write is asked about again (${file.why}). Mend the file, or revoke all grants.`
  }
  const stored = (): StoredGrant[] => {
    const file = readFile()
    return file.kind === 'value' ? file.value.grants.filter(grant => !isExpired(grant, now())) : []
  }
  /** Reads anew just before it writes, so that what another process revoked meanwhile does not come back. */
  const change = (edit: (grants: StoredGrant[]) => StoredGrant[]): void => {
    const why = fault()
    if (why !== undefined) throw new KosmoError('not_configured', why)
    write(edit(stored()))
  }
  const write = (grants: StoredGrant[]): void => {
    try {
      writeWhole(path, jsonText(fileSchema.parse({ version: 1, grants })))
    } catch (error) {
      throw new KosmoError(
        'not_configured',
        `The remembered approvals could not be written to ${path} (${faultWords(error)}) and are as they were.`,
      )
    }
  }
  const noteUse = (found: StoredGrant, at: number): void => {
    try {
      change(grants => grants.map(each => (each.id === found.id ? withUse(each, at) : each)))
    } catch {
      // The count is for the person's list; the grant itself holds without it.
    }
  }

  return {
    list: () => [...ofSessions, ...stored()],
    find(write) {
      const at = now()
      const covers = (grant: Grant) => grantCovers(grant, write, at)
      const ofSession = ofSessions.find(covers)
      if (ofSession !== undefined) {
        const used = withUse(ofSession, at)
        ofSessions = ofSessions.map(each => (each === ofSession ? used : each))
        return used
      }
      const found = stored().find(covers)
      if (found === undefined) return undefined
      noteUse(found, at)
      return withUse(found, at)
    },
    add(grant) {
      const checked = grantSchema.parse(grant)
      if (checked.span === 'session') ofSessions = [...ofSessions, checked]
      else change(grants => [...grants, checked])
    },
    revoke(id) {
      const others = ofSessions.filter(grant => grant.id !== id)
      const was = others.length < ofSessions.length
      ofSessions = others
      if (was) return true
      const why = fault()
      if (why !== undefined) throw new KosmoError('not_configured', why)
      if (!stored().some(grant => grant.id === id)) return false
      change(grants => grants.filter(grant => grant.id !== id))
      return true
    },
    revokeAll() {
      const count = ofSessions.length + stored().length
      ofSessions = []
      if (readFile().kind !== 'missing') write([])
      return count
    },
    endSession(session) {
      ofSessions = ofSessions.filter(grant => grant.session !== session)
    },
    fault,
  }
}
