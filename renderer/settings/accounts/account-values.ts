import type { AccountField } from '../../../shared/protocol/account-methods.ts'

/** What a form changes of an account: values that are set, and the keys of those that go. */
export type AccountChanges = { values: Record<string, string>; unset: string[] }

/** A field that has a place of its own elsewhere in the window. */
const SCOPE = 'scope'

/** The fields of an account that its form shows: first what it cannot do without, then how the server is reached. */
export function formFields(fields: readonly AccountField[]): {
  main: AccountField[]
  further: AccountField[]
} {
  const shown = fields.filter(({ key }) => key !== SCOPE)
  return {
    main: shown.filter(({ required }) => required),
    further: shown.filter(({ required }) => !required),
  }
}

/**
 * What was typed, as changes to what is stored. An empty secret means that it stays, since it is never shown; another
 * value that was emptied goes.
 */
export function accountChanges(
  fields: readonly AccountField[],
  typed: ReadonlyMap<string, string>,
  stored: Record<string, string>,
): AccountChanges {
  const changes: AccountChanges = { values: {}, unset: [] }
  for (const { key, type, required } of fields) {
    const given = typed.get(key)
    if (given === undefined) continue
    const value = type === 'secret' ? cleanToken(given) : given.trim()
    const before = stored[key] ?? ''
    if (value !== '' && (type === 'secret' || value !== before)) changes.values[key] = value
    else if (value === '' && before !== '' && type !== 'secret' && !required) changes.unset.push(key)
  }
  return changes
}

/** A token as people paste it: with blanks or quotes around it, or as a whole header. */
export function cleanToken(pasted: string): string {
  return pasted
    .trim()
    .replace(/^(["'`])\s*(.*)\1$/s, '$2')
    .replace(/^(authorization:\s*)?bearer\s+/i, '')
    .trim()
}
