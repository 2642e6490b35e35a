const RELEASE = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/

/**
 * Whether an offered version is a release that is newer than this one. Whatever does not look like one, a version before
 * a release among it, is not.
 */
export function isNewerRelease(offered: string, own: string): boolean {
  const [there, here] = [numbersOf(offered), numbersOf(own.replace(/[-+].*$/s, ''))]
  if (there === undefined || here === undefined) return false
  const at = there.findIndex((number, index) => number !== here[index])
  if (at === -1) return own.includes('-')
  return (there[at] ?? 0) > (here[at] ?? 0)
}

function numbersOf(version: string): number[] | undefined {
  return RELEASE.exec(version)?.slice(1).map(Number)
}
