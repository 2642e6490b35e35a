/** What the system calls a failure, e.g. `ENOENT`; undefined where it was not the system that failed. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The same, for a sentence about it. */
export function faultCode(error: unknown): string {
  return codeOf(error) ?? 'unknown fault'
}
