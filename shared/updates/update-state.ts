import * as z from 'zod'
import { assertNever } from '../assert-never.ts'

const version = z.string().max(60)
const notes = z.string().max(20_000)
const update = { version, notes }

/**
 * How this app stands to newer versions of it. `notes` is what came with a version from the network, cleaned and short:
 * a text to be shown, never markup.
 */
export const updateStateSchema = z.discriminatedUnion('kind', [
  /** It does not update itself; `how` says where updates come from. */
  z.strictObject({ kind: z.literal('elsewhere'), how: z.string() }),
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('looking') }),
  /** `at`: when that was found out, in milliseconds. */
  z.strictObject({ kind: z.literal('newest'), at: z.number() }),
  z.strictObject({ kind: z.literal('found'), ...update }),
  z.strictObject({ kind: z.literal('downloading'), ...update, percent: z.number() }),
  /** On this computer, and checked. `atQuit`: the person wants it as soon as they quit the app. */
  z.strictObject({ kind: z.literal('ready'), ...update, atQuit: z.boolean() }),
  /** The app ends to make room for it. */
  z.strictObject({ kind: z.literal('installing'), ...update }),
  /** `why` is a sentence with what to do; `found` is what can be tried again without looking. */
  z.strictObject({ kind: z.literal('failed'), why: z.string(), found: z.strictObject(update).nullable() }),
])

export type UpdateState = z.infer<typeof updateStateSchema>
export type FoundUpdate = { version: string; notes: string }

/** What happens to it. */
export type UpdateEvent =
  | { kind: 'look' }
  | { kind: 'looked'; found: FoundUpdate | undefined; at: number }
  | { kind: 'download' }
  | { kind: 'progress'; percent: number }
  | { kind: 'downloaded' }
  | { kind: 'wait-for-quit'; on: boolean }
  | { kind: 'install' }
  | { kind: 'failed'; why: string }

/** The state after an event; the same one where the event means nothing in it, e.g. a click that came too late. */
export function nextUpdateState(state: UpdateState, event: UpdateEvent): UpdateState {
  switch (event.kind) {
    case 'look':
      return mayLook(state) ? { kind: 'looking' } : state
    case 'looked': {
      if (state.kind !== 'looking') return state
      const { found, at } = event
      return found === undefined ? { kind: 'newest', at } : { kind: 'found', ...found }
    }
    case 'download': {
      const found = downloadable(state)
      return found === undefined ? state : { kind: 'downloading', ...found, percent: 0 }
    }
    case 'progress': {
      if (state.kind !== 'downloading') return state
      const percent = Math.min(100, Math.max(state.percent, Math.floor(event.percent)))
      return Number.isNaN(percent) ? state : { ...state, percent }
    }
    case 'downloaded':
      return state.kind === 'downloading' ? { kind: 'ready', ...foundIn(state), atQuit: false } : state
    case 'wait-for-quit':
      return state.kind === 'ready' ? { ...state, atQuit: event.on } : state
    case 'install':
      return state.kind === 'ready' ? { kind: 'installing', ...foundIn(state) } : state
    case 'failed':
      return failed(state, event.why)
    default:
      return assertNever(event)
  }
}

/** Whether it may look for a newer version now: not where one is being fetched, or is there already. */
export function mayLook(state: UpdateState): boolean {
  return ['idle', 'newest', 'found', 'failed'].includes(state.kind)
}

function downloadable(state: UpdateState): FoundUpdate | undefined {
  if (state.kind === 'found') return foundIn(state)
  return state.kind === 'failed' ? (state.found ?? undefined) : undefined
}

function failed(state: UpdateState, why: string): UpdateState {
  switch (state.kind) {
    case 'looking':
      return { kind: 'failed', why, found: null }
    case 'downloading':
    case 'installing':
      return { kind: 'failed', why, found: foundIn(state) }
    default:
      return state
  }
}

function foundIn({ version, notes }: FoundUpdate): FoundUpdate {
  return { version, notes }
}
