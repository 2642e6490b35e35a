/** Started by the system at login, where no window is wanted. */
export const QUIET = '--hidden'

export function isQuietStart(argv: readonly string[]): boolean {
  return argv.includes(QUIET)
}
