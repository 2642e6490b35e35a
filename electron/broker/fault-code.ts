/** What the system calls a failure, e.g. `ENOSPC`, for a sentence about it. */
export function faultCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown fault'
}
