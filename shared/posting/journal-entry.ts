import * as z from 'zod'
import { assertNever } from '../assert-never.ts'

/*
 * The journal of a post: one file, one line a step, each line on disk before the step is taken. Read by people too, so
 * the words are plain. The text of the post is not in it, only its hash.
 */

const at = z.string()

export const journalLine = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('intended'),
    at,
    /** In the post's props: by it the post is found again. */
    mark: z.string(),
    server: z.string(),
    author: z.string(),
    channel: z.string(),
    root: z.string().optional(),
    /** SHA-256 of the text that was proposed, and its length in characters. */
    hash: z.string(),
    characters: z.number(),
    /** The same of the text that is sent, where a person changed it. */
    edited: z.object({ hash: z.string(), characters: z.number() }).optional(),
    client: z.string(),
    /** The process that posts; as long as it lives nobody else resolves this. */
    pid: z.number(),
    /** Tells this line from those of others who want to send the same post. */
    claim: z.string().default(''),
  }),
  /** Who wrote the claim does not send: somebody else was first, or its process has ended. */
  z.object({ step: z.literal('withdrawn'), at, claim: z.string() }),
  z.object({
    step: z.literal('sending'),
    at,
    attempt: z.number(),
    pending: z.string(),
    /** The server's time before it was sent, in milliseconds, by its own clock; none where it never told. */
    serverTime: z.number().optional(),
  }),
  z.object({
    step: z.literal('posted'),
    at,
    post: z.string(),
    how: z.enum(['answered', 'found']),
    /** Who asked for it was gone before it could be told; a line without it says that somebody has been told since. */
    heard: z.literal(false).optional(),
  }),
  z.object({ step: z.literal('not-posted'), at, why: z.string() }),
  z.object({ step: z.literal('unknown'), at, why: z.string() }),
])
export type JournalLine = z.infer<typeof journalLine>
export type IntendedLine = Extract<JournalLine, { step: 'intended' }>
export type SendingLine = Extract<JournalLine, { step: 'sending' }>

/** What the lines of one journal file say together. */
export type JournalState =
  /** Nothing was sent. Of those who want to send it the first may: the order of lines is the same for everybody. */
  | { kind: 'intended'; intent: IntendedLine; claims: IntendedLine[] }
  /** It may have been posted. Only reading can tell. */
  | { kind: 'unresolved'; intent: IntendedLine; sending: SendingLine; attempts: number; why: string }
  /** `heard`: somebody was told of it. */
  | { kind: 'posted'; intent: IntendedLine; post: string; heard: boolean }
  | { kind: 'not-posted'; intent: IntendedLine; why: string }

/**
 * Reads a journal file. Its last line may be cut off: the process was killed while it wrote, so the step it speaks of
 * was not taken. Undefined where not even the intent is whole.
 *
 * Lines of several processes may stand among each other: what was posted stays so, and what may be on its way does too
 * until somebody knows better.
 */
export function readJournal(text: string): JournalState | undefined {
  return text.split('\n').flatMap(readLine).reduce(next, undefined)
}

function next(state: JournalState | undefined, line: JournalLine): JournalState | undefined {
  if (state === undefined) {
    return line.step === 'intended' ? { kind: 'intended', intent: line, claims: [line] } : undefined
  }
  if (state.kind === 'posted')
    return line.step === 'posted' && line.heard !== false ? { ...state, heard: true } : state
  const { intent } = state
  switch (line.step) {
    case 'intended':
      return claimed(state, line)
    case 'withdrawn':
      return withdrawn(state, line.claim)
    case 'sending': {
      const before = state.kind === 'unresolved' ? state : { sending: line, attempts: 0 }
      const why = 'the process ended while the post was on its way'
      return { kind: 'unresolved', intent, sending: before.sending, attempts: before.attempts + 1, why }
    }
    case 'posted':
      return { kind: 'posted', intent, post: line.post, heard: line.heard !== false }
    case 'not-posted':
      return { kind: 'not-posted', intent, why: line.why }
    case 'unknown':
      return state.kind === 'unresolved' ? { ...state, why: line.why } : state
    default:
      return assertNever(line)
  }
}

function claimed(state: JournalState, line: IntendedLine): JournalState {
  switch (state.kind) {
    case 'intended':
      return { ...state, claims: [...state.claims, line] }
    // What was not posted may be asked for again: it begins anew with its intent.
    case 'not-posted':
      return { kind: 'intended', intent: line, claims: [line] }
    case 'posted':
    case 'unresolved':
      return state
    default:
      return assertNever(state)
  }
}

function withdrawn(state: JournalState, claim: string): JournalState {
  if (state.kind !== 'intended') return state
  const claims = state.claims.filter(other => other.claim !== claim)
  const [first] = claims
  return first === undefined
    ? { kind: 'not-posted', intent: state.intent, why: 'withdrawn before it was sent' }
    : { kind: 'intended', intent: first, claims }
}

function readLine(line: string): JournalLine[] {
  if (line.trim() === '') return []
  try {
    const parsed = journalLine.safeParse(JSON.parse(line))
    return parsed.success ? [parsed.data] : []
  } catch {
    return []
  }
}
