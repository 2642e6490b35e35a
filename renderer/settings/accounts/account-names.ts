/** What an account can be called: letters, digits, `_`, `.` and `-`. */
const NAME = /^[\w.-]{1,64}$/

/** The first account's name: what is used where nobody names one. */
const FIRST = 'default'

/** Why a word cannot be the name of another account; undefined where it can. */
export function refuseAccountName(name: string, taken: readonly string[]): string | undefined {
  if (!NAME.test(name)) return 'Use letters, digits, dots, dashes and underscores, at most 64.'
  if (['__proto__', 'environment'].includes(name)) return 'This name is reserved. Choose another one.'
  if (taken.includes(name)) return 'There is an account of this name already. Choose another one.'
  return undefined
}

/** A name for a further account that is not taken. */
export function suggestAccountName(taken: readonly string[]): string {
  if (!taken.includes(FIRST)) return FIRST
  for (let number = 2; ; number++) {
    const name = `account-${number}`
    if (!taken.includes(name)) return name
  }
}
