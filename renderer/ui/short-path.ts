/** A path as people write it: `~/src/webapp`. @param home the person's home directory; empty where it is not known */
export function shortPath(path: string, home: string): string {
  const root = home.replace(/[/\\]+$/, '')
  if (root === '' || !path.startsWith(root)) return path
  const rest = path.slice(root.length)
  if (rest === '') return '~'
  return /^[/\\]/.test(rest) ? `~${rest}` : path
}
