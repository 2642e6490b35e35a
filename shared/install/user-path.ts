/*
 * The PATH of a Windows user, as it stands in the registry: with variables that nobody has replaced, which must stay so,
 * and with empty places that somebody may have left.
 */

/** The value with a folder at its end; the same where it has it. */
export function withFolder(value: string, folder: string, variables: Variables): string {
  if (folders(value).some(each => isSame(each, folder, variables))) return value
  return value === '' ? folder : `${value};${folder}`
}

/** The value without a folder; all else as it is. */
export function withoutFolder(value: string, folder: string, variables: Variables): string {
  const all = folders(value)
  const rest = all.filter(each => !isSame(each, folder, variables))
  return rest.length === all.length ? value : rest.join(';')
}

type Variables = Readonly<Record<string, string | undefined>>

function folders(value: string): string[] {
  return value.split(';')
}

function isSame(one: string, other: string, variables: Variables): boolean {
  return plain(one, variables) === plain(other, variables)
}

/** As Windows compares: without variables, quotes, a last `\` and capitals. */
function plain(folder: string, variables: Variables): string {
  const named = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value ?? '']),
  )
  return folder
    .replace(/%([^%]+)%/g, (whole, name: string) => named[name.toLowerCase()] ?? whole)
    .replaceAll('"', '')
    .replaceAll('/', '\\')
    .replace(/\\+$/, '')
    .trim()
    .toLowerCase()
}
