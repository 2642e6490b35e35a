import { perlRegex } from './perl-regex.ts'

/** Groups as a Lua table: 1 is the whole match, 2 the first group; named ones stand by their names as well. */
export type Groups = Map<string | number, string>

/** PREG_SET_ORDER: a list of matches instead of a list for each group. */
const SET_ORDER = 2

/** The first match; null where there is none. @throws BadPattern */
export function match(subject: string, pattern: string): Groups | null {
  const found = perlRegex(pattern).exec(subject)
  return found === null ? null : groupsOf(found)
}

/**
 * Every match, as PHP's preg_match_all gives them: a list for each group, or with flag 2 the groups of each match.
 *
 * @throws BadPattern
 */
export function matchAll(
  subject: string,
  pattern: string,
  flags: number,
): Groups[] | Map<string | number, string[]> {
  const all = [...subject.matchAll(perlRegex(pattern))].map(groupsOf)
  if (flags === SET_ORDER) return all
  const names = new Set(all.flatMap(groups => [...groups.keys()]))
  return new Map([...names].map(name => [name, all.map(groups => groups.get(name) ?? '')]))
}

/** The subject with at most `limit` matches (-1: all) replaced; `$1`, `\1` and `${1}` are groups. @throws BadPattern */
export function replace(subject: string, pattern: string, replacement: string, limit: number): string {
  let left = limit < 0 ? Number.POSITIVE_INFINITY : limit
  const pieces: string[] = []
  let end = 0
  for (const found of subject.matchAll(perlRegex(pattern))) {
    if (left-- <= 0) break
    const filled = replacement.replace(GROUP, (_whole, ...names) => found[Number(names[0] ?? names[1])] ?? '')
    pieces.push(subject.slice(end, found.index), filled)
    end = found.index + found[0].length
  }
  pieces.push(subject.slice(end))
  return pieces.join('')
}

const GROUP = /[$\\](\d{1,2})|\$\{(\d{1,2})\}/g

function groupsOf(found: RegExpExecArray): Groups {
  const last = found.findLastIndex(group => group !== undefined)
  const groups: Groups = new Map()
  for (const [at, group = ''] of found.slice(0, last + 1).entries()) groups.set(at + 1, group)
  for (const [name, group = ''] of Object.entries(found.groups ?? {})) groups.set(name, group)
  return groups
}
