import { diffArrays, diffWordsWithSpace } from 'diff'

/** A piece of a line, and whether it came or went. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string }

/** A line of either text. One that was changed stands there twice: as it was, then as it is. */
export type ChangedLine = { kind: 'same' | 'added' | 'removed'; pieces: Piece[] }

/** Texts that have less in common are told line by line. */
const MAX_EDITS = 2_000
const MAX_LINE_FOR_WORDS = 2_000

/** Every line of both texts, in order: what stayed, what went, what came. Nothing is left out. */
export function textChanges(before: string, after: string): ChangedLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const runs = diffArrays(old, now, { maxEditLength: MAX_EDITS })
  if (runs === undefined)
    return [...old.map(line => whole('removed', line)), ...now.map(line => whole('added', line))]
  const lines: ChangedLine[] = []
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index]
    const next = runs[index + 1]
    if (run === undefined) continue
    if (run.removed && next?.added) {
      lines.push(...replaced(run.value, next.value))
      index++
    } else
      lines.push(
        ...run.value.map(line => whole(run.added ? 'added' : run.removed ? 'removed' : 'same', line)),
      )
  }
  return lines
}

/** Lines that stand in for others: word by word where there is one for each. */
function replaced(old: readonly string[], now: readonly string[]): ChangedLine[] {
  if (old.length !== now.length)
    return [...old.map(line => whole('removed', line)), ...now.map(line => whole('added', line))]
  return old.flatMap((line, index) => {
    const other = now[index] ?? ''
    const pieces = byWords(line, other)
    return [
      { kind: 'removed' as const, pieces: pieces.filter(({ kind }) => kind !== 'added') },
      { kind: 'added' as const, pieces: pieces.filter(({ kind }) => kind !== 'removed') },
    ]
  })
}

function byWords(before: string, after: string): Piece[] {
  const parts =
    before.length + after.length > 2 * MAX_LINE_FOR_WORDS
      ? undefined
      : diffWordsWithSpace(before, after, { maxEditLength: MAX_EDITS })
  if (parts === undefined)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  return parts.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

function whole(kind: ChangedLine['kind'], text: string): ChangedLine {
  return { kind, pieces: [{ kind, text }] }
}
