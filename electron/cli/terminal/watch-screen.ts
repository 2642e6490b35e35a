import { timeLeft } from '../../../shared/approvals/time-left.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import { cut, fold, padTo } from './columns.ts'
import { clean } from './request-rows.ts'
import { type Row, row } from './rows.ts'
import { whyOnlyOnce } from './watch-keys.ts'
import { bodyHeight, bodyOf, sawEnd, type WatchState } from './watch-state.ts'

/**
 * The whole screen at `now`: one bar above, three rows and a bar below, the request between. Text from outside stands
 * in the middle only, behind a label or a mark; in a bar there is nothing but our own words.
 */
export function screenRows(state: WatchState, now: number): Row[] {
  const { columns, rows } = state.size
  const width = Math.max(1, columns - 1)
  const height = bodyHeight(state.size)
  if (height === 0) {
    const small = row(cut('Too small to decide on anything: enlarge the window, or press q.', width), 'warn')
    return [small, ...blanks(Math.max(0, rows - 1))]
  }
  const middle = middleRows(state, height, width)
  const below = [
    row(cut(placeLine(state, now), width), 'dim'),
    row(cut(state.notice, width), 'strong'),
    ...keyRows(state, width),
  ]
  return [
    row(padTo(cut(` KosmoKrator approvals   ${counter(state)}`, width), width), 'bar'),
    ...middle,
    ...blanks(height - middle.length),
    ...below,
  ]
}

function counter({ queue, more, shown, link }: WatchState): string {
  if (link === 'down') return 'no broker: connecting again by itself'
  if (shown === undefined || queue.length === 0) return 'nothing waits'
  const waiting = queue.length + more
  return waiting === 1 ? '1 waits' : `1 of ${waiting} that wait`
}

function middleRows(state: WatchState, height: number, width: number): Row[] {
  const { shown, mode, link } = state
  if (mode.kind === 'gone') {
    const id = shown === undefined ? '' : ` ${clean(shown.approval.id)}`
    return [
      row(''),
      row(cut(`Request${id} is no longer open.`, width), 'strong'),
      ...fold(mode.why, width).map(part => row(part)),
    ].slice(0, height)
  }
  if (shown !== undefined) return bodyOf(state).slice(shown.top, shown.top + height)
  const words =
    link === 'down' ? 'No broker runs at this moment.' : 'Nothing waits. Requests come up here by themselves.'
  return [row(''), row(cut(words, width))]
}

function placeLine(state: WatchState, now: number): string {
  const { shown, mode } = state
  if (shown === undefined || mode.kind === 'gone') return ''
  const length = bodyOf(state).length
  const bottom = Math.min(length, shown.top + bodyHeight(state.size))
  const more = bottom < length ? `, ${length - bottom} rows more below` : ''
  return `Time left ${timeLeft(shown.approval.expiresAt, now)}   rows ${shown.top + 1} to ${bottom} of ${length}${more}`
}

/** Two rows of keys at most, in bars; a person who types words sees the end of them. */
function keyRows(state: WatchState, width: number): Row[] {
  const { mode } = state
  if (mode.kind === 'reason') {
    const room = Math.max(8, width - 2)
    const tail = fold(clean(mode.text === '' ? ' ' : mode.text), room).at(-1) ?? ''
    const hint = padTo(' Why not? The agent is told. Enter: deny   Esc: back', width)
    return [row(`? ${mode.text.trim() === '' ? '' : tail}`), row(cut(hint, width), 'bar')]
  }
  const lines = packed(keyWords(state), width - 1)
  return [lines[0] ?? '', lines[1] ?? ''].map(line => row(padTo(cut(` ${line}`, width), width), 'bar'))
}

function packed(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 3 + word.length <= width)
      lines[lines.length - 1] = `${last}   ${word}`
    else lines.push(word)
  }
  return lines
}

function keyWords(state: WatchState): string[] {
  const { shown, mode } = state
  switch (mode.kind) {
    case 'gone':
      return ['any key: go on', 'q quit']
    case 'editing':
      return ['The text is in your editor.']
    case 'sending':
      return ['One moment.']
    case 'span':
      return ['Remember for', '1 this session', '2 one hour', '3 eight hours', '4 always', 'Esc back']
    case 'reach':
      return ['Remember in', 'c this channel', 'l all channels', 'Esc back']
    case 'reason':
      return []
    case 'browse':
      break
    default:
      return assertNever(mode)
  }
  if (shown === undefined) return ['q quit']
  const decisions = sawEnd(state)
    ? ['a approve', 'd deny', ...(whyOnlyOnce(shown) === undefined ? ['g remember'] : [])]
    : ['space more', 'd deny']
  const draft = shown.draft === undefined ? [] : ['u undo change']
  return [...decisions, 'e edit', 'r deny, why', ...draft, 'x extend', 'b back', 'q quit']
}

function blanks(count: number): Row[] {
  return Array.from({ length: Math.max(0, count) }, () => row(''))
}
