import { strictest } from '../policy/effective-policy.ts'
import { WRITE_POLICIES, type WritePolicy } from '../policy/write-policy.ts'
import type { FolderLimit } from '../protocol/hello.ts'
import { at } from './mapping.ts'

/** By id of an integration. */
export type FolderLimits = Record<string, FolderLimit>

export type FoundLimits = { kind: 'limits'; limits: FolderLimits } | { kind: 'broken'; why: string }

/*
 * A project's file came with a repository, so whatever it says can only take away: each of its words is put beside
 * what a person has set, and the stricter one holds.
 */

/** What a project's file takes away from integrations. A word that is not known is a fault, never passed over. */
export function readFolderLimits(config: unknown, integrations: readonly string[]): FoundLimits {
  const all = at(config, ['kosmo', 'integrations'])
  const byDefault = wordAt(all, ['permissions_default'])
  if (byDefault === 'unknown') return broken('integrations.permissions_default')
  const limits: FolderLimits = {}
  for (const id of integrations) {
    const read = wordAt(all, [id, 'permissions', 'read'])
    const write = wordAt(all, [id, 'permissions', 'write'])
    const enabled = switchAt(all, [id, 'enabled'])
    if (read === 'unknown') return broken(`integrations.${id}.permissions.read`)
    if (write === 'unknown') return broken(`integrations.${id}.permissions.write`)
    if (enabled === 'unknown') return broken(`integrations.${id}.enabled`, 'true or false')
    if (enabled === false) {
      limits[id] = DENY_ALL
      continue
    }
    // Nobody is asked about reads, and what is to be asked about is not to happen unasked.
    const noReads = read === undefined ? byDefault === 'deny' : read !== 'allow'
    const limit: FolderLimit = {
      ...(noReads && { read: 'deny' as const }),
      ...writeLimit(write ?? byDefault),
    }
    if (Object.keys(limit).length > 0) limits[id] = limit
  }
  return { kind: 'limits', limits }
}

/** The limits of a file that cannot be read: nobody knows what it forbids, so no write is let through. */
export function limitsUnknown(integrations: readonly string[]): FolderLimits {
  return Object.fromEntries(integrations.map(id => [id, { write: 'deny' as const }]))
}

/** What is left where several files take away. */
export function strictestLimits(all: readonly FolderLimits[]): FolderLimits {
  const limits: FolderLimits = {}
  for (const each of all) {
    for (const [id, limit] of Object.entries(each)) {
      const before = limits[id]
      const read = before?.read ?? limit.read
      const write = strictest(before?.write ?? 'allow', limit.write ?? 'allow')
      limits[id] = { ...(read && { read }), ...writeLimit(write) }
    }
  }
  return limits
}

const DENY_ALL: FolderLimit = { read: 'deny', write: 'deny' }

function writeLimit(write: WritePolicy | undefined): Pick<FolderLimit, 'write'> {
  return write === undefined || write === 'allow' ? {} : { write }
}

function wordAt(value: unknown, place: readonly string[]): WritePolicy | 'unknown' | undefined {
  const word = at(value, place)
  return word === undefined ? undefined : (WRITE_POLICIES.find(policy => policy === word) ?? 'unknown')
}

function switchAt(value: unknown, place: readonly string[]): boolean | 'unknown' | undefined {
  const word = at(value, place)
  if (word === undefined || typeof word === 'boolean') return word
  return word === 'on' ? true : word === 'off' ? false : 'unknown'
}

function broken(key: string, takes = 'allow, ask or deny'): FoundLimits {
  return { kind: 'broken', why: `kosmo.${key} takes ${takes}` }
}
