/** A call of something that leaves the app: the program that opens a link, the clipboard, a dialog. */
export type Call = { name: string; args: unknown[] }

/** All such calls, oldest first, for tests. */
export const calls: Call[] = []

export function note(name: string, ...args: unknown[]): void {
  calls.push({ name, args })
}
