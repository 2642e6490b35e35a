/** Default and least of what `--max-result-chars` takes: a whole result, data and text together, in characters. */
export const DEFAULT_RESULT_CHARACTERS = 50_000
export const MIN_RESULT_CHARACTERS = 1_000

/** What a program gets of one call: more than the longest page that a server gives, within what a socket's line holds. */
export const PROGRAM_RESULT_CHARACTERS = 4_000_000
