/**
 * A version that is newer than this one; undefined where none is known. Nothing is fetched: packages come from where
 * this one came from. Whoever builds a release that updates itself asks here, and the tray tells of it.
 */
export function newerVersion(): string | undefined {
  return undefined
}
