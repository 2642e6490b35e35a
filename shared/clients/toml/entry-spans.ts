import type { TomlPart } from './scan-toml.ts'
import { gapEnd, keyEnd, keyPath, valueEnd } from './tokens.ts'

/** A piece of text that belongs to one entry: a table with its lines, a line, or a member of an inline table. */
export type EntrySpan = {
  kind: 'table' | 'pair' | 'member'
  /** What is said in it, from the root. */
  path: string[]
  start: number
  end: number
}

/** An inline table, with room for one more member. */
export type InlineTable = {
  /** Where a further member would be put. */
  insertAt: number
  /** What has to stand before that member. */
  before: string
}

type Member = { path: string[]; start: number; valueStart: number; end: number }

/** All pieces of the entry at a path, in the order of the text. */
export function entrySpans(text: string, parts: readonly TomlPart[], target: readonly string[]): EntrySpan[] {
  const spans: EntrySpan[] = []
  let open: EntrySpan | undefined
  for (const part of parts) {
    if (part.kind === 'table') {
      open = undefined
      if (!startsWith(part.path, target)) continue
      open = { kind: 'table', path: part.path, start: part.start, end: part.end }
      spans.push(open)
    } else if (open !== undefined) {
      open.end = part.end
    } else if (startsWith(part.path, target)) {
      spans.push({ kind: 'pair', path: part.path, start: part.start, end: part.end })
    } else if (startsWith(target, part.path) && text[part.valueStart] === '{') {
      spans.push(...memberSpans(text, part.valueStart, part.path, target))
    }
  }
  return spans
}

/** The inline table that stands at exactly this path; undefined where there is none. */
export function inlineTableAt(
  text: string,
  parts: readonly TomlPart[],
  path: readonly string[],
): InlineTable | undefined {
  const found = parts.find(
    part => part.kind === 'pair' && part.path.length === path.length && startsWith(part.path, path),
  )
  if (found?.kind !== 'pair' || text[found.valueStart] !== '{') return undefined
  const last = membersOf(text, found.valueStart, []).at(-1)
  if (last === undefined) return { insertAt: found.valueStart + 1, before: ' ' }
  // A comma that trails is then behind the new one.
  return { insertAt: last.end, before: ', ' }
}

function memberSpans(
  text: string,
  open: number,
  path: readonly string[],
  target: readonly string[],
): EntrySpan[] {
  return membersOf(text, open, path).flatMap(member => {
    if (startsWith(member.path, target)) {
      return [{ kind: 'member' as const, path: member.path, start: member.start, end: member.end }]
    }
    const leadsThere = startsWith(target, member.path) && text[member.valueStart] === '{'
    return leadsThere ? memberSpans(text, member.valueStart, member.path, target) : []
  })
}

function membersOf(text: string, open: number, path: readonly string[]): Member[] {
  const members: Member[] = []
  let at = gapEnd(text, open + 1)
  while (text[at] !== '}') {
    const keyTo = keyEnd(text, at)
    const valueStart = gapEnd(text, keyTo + 1)
    const end = valueEnd(text, valueStart)
    members.push({ path: [...path, ...keyPath(text, at, keyTo)], start: at, valueStart, end })
    at = gapEnd(text, end)
    if (text[at] === ',') at = gapEnd(text, at + 1)
  }
  return members
}

/** Whether a path begins with another. */
export function startsWith(path: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((name, at) => path[at] === name)
}
