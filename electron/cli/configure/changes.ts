import { assertNever } from '../../../shared/assert-never.ts'
import { parseWritePolicy } from '../../../shared/policy/write-policy.ts'
import type { Changes, ChangesFault } from '../../broker/configure/changes.ts'

export const DEFAULT_ACCOUNT = 'default'

/** Wrong usage, as a sentence without the words that it is about: they may be a token. */
export class UsageError extends Error {}

/** What is wrong with changes, in the words of flags. */
export function usageOf(fault: ChangesFault, integration: string): UsageError {
  switch (fault.kind) {
    case 'unknown-field':
      return new UsageError(
        `an account of ${integration} consists of ${fault.known.join(', ')} and nothing else`,
      )
    case 'needed':
      return new UsageError(`no account works without ${fault.key}; --remove removes the whole account`)
    case 'empty': {
      const { key, required, variable } = fault
      const what = required ? ` (is ${variable} set?)` : `; --unset ${key} takes it away`
      return new UsageError(`${key} is empty${what}`)
    }
    case 'set-and-unset':
      return new UsageError(`${fault.key} is both set and unset`)
    default:
      return assertNever(fault)
  }
}

/** Reads the two permissions. @throws UsageError */
export function readPermissions(given: {
  read?: string | undefined
  write?: string | undefined
}): Pick<Changes, 'read' | 'write'> {
  const { read, write } = given
  if (read === 'ask') {
    throw new UsageError('reads cannot be asked about one by one; the permission to read is allow or deny')
  }
  if (read !== undefined && read !== 'allow' && read !== 'deny') {
    throw new UsageError('the permission to read is allow or deny')
  }
  if (write === undefined) return { read, write }
  const policy = parseWritePolicy(write)
  if (policy === undefined) throw new UsageError('the permission to write is deny, ask or allow')
  return { read, write: policy }
}
