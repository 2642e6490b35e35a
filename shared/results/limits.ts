/** Default and least of what `--max-result-chars` takes: a whole result, data and text together, in characters. */
export const DEFAULT_RESULT_CHARACTERS = 50_000
export const MIN_RESULT_CHARACTERS = 1_000
