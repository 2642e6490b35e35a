import type { Answer } from '../../../shared/approvals/approval.ts'
import { counts, onceAbsorbed } from '../../../shared/approvals/grace.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import { whyNotRemembered } from '../../../shared/policy/grant.ts'
import type { Key } from './keys.ts'
import type { Effect, Mode, Shown, Span, Step, WatchState } from './watch-state.ts'
import { anew, bodyHeight, bodyOf, sawEnd, showNext } from './watch-state.ts'

const MAX_REASON = 300

/** What becomes of the state when keys come in one read at `at`, in milliseconds. */
export function onKeys(state: WatchState, keys: readonly Key[], at: number): Step {
  if (keys.some(({ kind }) => kind === 'interrupt')) return quit(state, true)
  if (!counts(state.quietUntil, at)) return absorbed(state, at)
  const [key] = keys
  if (key === undefined) return still(state)
  if (state.mode.kind === 'reason') return onReason(state, state.mode.text, keys)
  // Nobody types two keys in one read: this is what was typed ahead, or pasted.
  return keys.length > 1 ? absorbed(state, at) : onKey(state, key, at)
}

function onKey(state: WatchState, key: Key, at: number): Step {
  const { mode, shown } = state
  const word = key.kind === 'letter' ? key.letter : key.kind
  if (word === 'q' && mode.kind !== 'sending' && mode.kind !== 'editing') return quit(state, false)
  if (mode.kind === 'gone') return still(showNext({ ...state, notice: '' }))
  if (shown === undefined || bodyHeight(state.size) === 0) return absorbed(state, at)
  switch (mode.kind) {
    case 'browse':
      return browse({ ...state, notice: '' }, shown, word) ?? absorbed(state, at)
    case 'span':
      return onSpan(state, word) ?? absorbed(state, at)
    case 'reach':
      return onReach(state, shown, mode.span, word) ?? absorbed(state, at)
    case 'reason':
    case 'sending':
    case 'editing':
      return absorbed(state, at)
    default:
      return assertNever(mode)
  }
}

/** Undefined where the key means nothing: it is absorbed then, since its typist seems to be somewhere else. */
function browse(state: WatchState, shown: Shown, word: string): Step | undefined {
  const { id, subject } = shown.approval
  const page = bodyHeight(state.size) - 1
  switch (word) {
    case 'a':
      return readFirst(state) ?? decide(state, approve(shown, 'once', 'channel'))
    case 'd':
      return decide(state, { kind: 'deny' })
    case 'r':
      return still({ ...state, mode: { kind: 'reason', text: '' } })
    case 'e':
      return act(
        { ...state, mode: { kind: 'editing' } },
        { kind: 'edit', id, text: shown.draft ?? subject.text },
      )
    case 'u':
      return shown.draft === undefined ? undefined : still(withoutDraft(state, shown))
    case 'g':
      return readFirst(state) ?? remember(state, shown)
    case 'x':
      return act(state, { kind: 'extend', id })
    case ' ':
    case 'page-down':
      return still(scrolled(state, shown, page))
    case 'b':
    case 'page-up':
      return still(scrolled(state, shown, -page))
    case 'down':
      return still(scrolled(state, shown, 1))
    case 'up':
      return still(scrolled(state, shown, -1))
    default:
      return undefined
  }
}

function readFirst(state: WatchState): Step | undefined {
  if (sawEnd(state)) return undefined
  return still({ ...state, notice: 'Read it to the end first: space shows more.' })
}

function remember(state: WatchState, shown: Shown): Step {
  const why = whyOnlyOnce(shown)
  return still(why === undefined ? { ...state, mode: { kind: 'span' } } : { ...state, notice: why })
}

/** Why this request can only be approved once; undefined where it can be remembered. */
export function whyOnlyOnce({ approval: { asker, subject } }: Shown): string | undefined {
  return whyNotRemembered({ ...asker, ...subject })
}

const SPAN_KEYS: Record<string, Span> = { '1': 'session', '2': '1h', '3': '8h', '4': 'always' }

function onSpan(state: WatchState, word: string): Step | undefined {
  if (word === 'escape') return back(state)
  const span = Object.hasOwn(SPAN_KEYS, word) ? SPAN_KEYS[word] : undefined
  return span && still({ ...state, mode: { kind: 'reach', span } })
}

function onReach(state: WatchState, shown: Shown, span: Span, word: string): Step | undefined {
  if (word === 'escape') return back(state)
  if (word === 'c') return decide(state, approve(shown, span, 'channel'))
  return word === 'l' ? decide(state, approve(shown, span, 'all')) : undefined
}

/** A line of words: here a read may hold many letters, but a return among them is of a paste and no decision. */
function onReason(state: WatchState, text: string, keys: readonly Key[]): Step {
  const [key] = keys
  if (keys.length === 1 && key?.kind === 'enter') {
    const reason = text.trim()
    return decide(state, { kind: 'deny', ...(reason === '' ? {} : { reason }) })
  }
  if (keys.length === 1 && key?.kind === 'escape') return back(state)
  let letters = Array.from(text)
  for (const each of keys) {
    if (each.kind === 'letter') letters.push(each.letter)
    else if (each.kind === 'enter') letters.push(' ')
    else if (each.kind === 'backspace') letters.pop()
    else if (each.kind === 'clear') letters = []
  }
  return still({ ...state, mode: { kind: 'reason', text: letters.slice(0, MAX_REASON).join('') } })
}

function approve({ draft }: Shown, span: Span | 'once', reach: 'channel' | 'all'): Answer {
  return { kind: 'approve', ...(draft === undefined ? {} : { text: draft }), span, reach }
}

function decide(state: WatchState, answer: Answer): Step {
  const id = state.shown?.approval.id
  if (id === undefined) return still(state)
  const mode: Mode = { kind: 'sending', answer }
  return act({ ...state, mode }, { kind: 'answer', id, answer })
}

function withoutDraft(state: WatchState, shown: Shown): WatchState {
  return anew({
    ...state,
    notice: 'The text is as the client sent it.',
    shown: { ...shown, draft: undefined, top: 0, seenTo: 0 },
  })
}

function scrolled(state: WatchState, shown: Shown, by: number): WatchState {
  const last = Math.max(0, bodyOf(state).length - bodyHeight(state.size))
  return { ...state, shown: { ...shown, top: Math.min(last, Math.max(0, shown.top + by)) } }
}

function back(state: WatchState): Step {
  return still({ ...state, mode: { kind: 'browse' }, notice: '' })
}

function absorbed(state: WatchState, at: number): Step {
  return still({ ...state, quietUntil: onceAbsorbed(state.quietUntil, at) })
}

function quit(state: WatchState, interrupted: boolean): Step {
  return act(state, { kind: 'quit', interrupted })
}

function act(state: WatchState, effect: Effect): Step {
  return { state, effects: [effect] }
}

function still(state: WatchState): Step {
  return { state, effects: [] }
}
