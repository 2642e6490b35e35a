import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  mayLook,
  nextUpdateState,
  type UpdateEvent,
  type UpdateState,
  updateStateSchema,
} from '../../../shared/updates/update-state.ts'

const FOUND = { version: '2.0.0', notes: 'Safer' }

const stateAfter = (...events: UpdateEvent[]) => events.reduce<UpdateState>(nextUpdateState, { kind: 'idle' })
const LOOKED: UpdateEvent[] = [{ kind: 'look' }, { kind: 'looked', found: FOUND, at: 5 }]
const READY: UpdateEvent[] = [...LOOKED, { kind: 'download' }, { kind: 'downloaded' }]

describe('an update', () => {
  it('is looked for, downloaded and installed, one step after the other', () => {
    expect(stateAfter({ kind: 'look' })).toEqual({ kind: 'looking' })
    expect(stateAfter({ kind: 'look' }, { kind: 'looked', found: undefined, at: 5 })).toEqual({
      kind: 'newest',
      at: 5,
    })
    expect(stateAfter(...LOOKED)).toEqual({ kind: 'found', ...FOUND })
    expect(stateAfter(...LOOKED, { kind: 'download' }, { kind: 'progress', percent: 41.8 })).toEqual({
      kind: 'downloading',
      ...FOUND,
      percent: 41,
    })
    expect(stateAfter(...READY)).toEqual({ kind: 'ready', ...FOUND, atQuit: false })
    expect(stateAfter(...READY, { kind: 'wait-for-quit', on: true })).toMatchObject({ atQuit: true })
    expect(stateAfter(...READY, { kind: 'install' })).toEqual({ kind: 'installing', ...FOUND })
  })

  it('that failed can be tried again from where it was', () => {
    const why = 'the disk is full'
    expect(stateAfter({ kind: 'look' }, { kind: 'failed', why })).toEqual({
      kind: 'failed',
      why,
      found: null,
    })
    const failed = stateAfter(...LOOKED, { kind: 'download' }, { kind: 'failed', why })
    expect(failed).toEqual({ kind: 'failed', why, found: FOUND })
    expect(nextUpdateState(failed, { kind: 'download' })).toMatchObject({ kind: 'downloading', percent: 0 })
    expect(nextUpdateState(failed, { kind: 'look' })).toEqual({ kind: 'looking' })
  })

  const event = fc.oneof(
    fc.constantFrom<UpdateEvent>(
      ...READY,
      { kind: 'install' },
      { kind: 'looked', found: undefined, at: 1 },
      { kind: 'wait-for-quit', on: true },
      { kind: 'wait-for-quit', on: false },
      { kind: 'failed', why: 'x' },
    ),
    fc.double().map(percent => ({ kind: 'progress' as const, percent })),
  )

  it('is never installed that was not downloaded, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), events => {
        let state: UpdateState = { kind: 'idle' }
        for (const each of events) {
          const next = nextUpdateState(state, each)
          expect(updateStateSchema.safeParse(next).success).toBe(true)
          if (next.kind === 'installing' && state.kind !== 'installing') expect(state.kind).toBe('ready')
          if (next.kind === 'ready' && state.kind !== 'ready') expect(state.kind).toBe('downloading')
          if (state.kind === 'ready' || state.kind === 'downloading') expect(mayLook(state)).toBe(false)
          state = next
        }
      }),
    )
  })

  it('is nobody’s business where it comes from elsewhere', () => {
    const state: UpdateState = { kind: 'elsewhere', how: 'apt' }
    for (const each of [...READY, { kind: 'install' }, { kind: 'failed', why: 'x' }] as UpdateEvent[]) {
      expect(nextUpdateState(state, each)).toBe(state)
    }
  })
})
