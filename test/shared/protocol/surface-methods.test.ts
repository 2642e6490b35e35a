import { describe, expect, it } from 'vitest'
import {
  NO_PERSON,
  refuseCall,
  type SurfaceMethod,
  surfaceMethods,
} from '../../../shared/protocol/surface-methods.ts'
import { SURFACES, type Surface } from '../../../shared/protocol/surfaces.ts'

const METHODS = Object.keys(surfaceMethods) as SurfaceMethod[]

/** The surfaces from which a person can call a method. */
const callers = (method: SurfaceMethod): Surface[] =>
  SURFACES.filter(surface => refuseCall(surface, true, method) === undefined)

describe('who may call what', () => {
  it.each(['answer', 'reportShown'] as const)('%s: only where the whole request can be seen', method => {
    expect(callers(method)).toEqual(['terminal', 'approval-window', 'notification'])
  })

  it('the window that shows requests, and what rings for it, change no policy, grant or account', () => {
    const changing = METHODS.filter(method =>
      /^(set|save|remove|revoke|integrationChanged|stop)/.test(method),
    )
    expect(changing.length).toBeGreaterThan(5)
    for (const method of changing) {
      expect(callers(method), method).not.toContain('approval-window')
      expect(callers(method), method).not.toContain('notification')
    }
  })

  it('what holds an account’s values is for the window where they are set', () => {
    for (const method of ['accountValues', 'checkAccount', 'saveAccount'] as const) {
      expect(callers(method), method).toEqual(['settings-window'])
    }
  })

  it('who may not is told from where it was called, whether a person sits there or not', () => {
    for (const isPerson of [true, false]) {
      expect(refuseCall('settings-window', isPerson, 'answer')).toBe(
        'answer cannot be called from here (settings-window).',
      )
    }
  })

  it.each(METHODS)('%s can be called from somewhere', method => {
    expect(callers(method)).not.toEqual([])
  })
})

describe('where nobody sits', () => {
  it.each(['answer', 'reportShown', 'extend'] as const)('%s is refused', method => {
    expect(refuseCall('terminal', false, method)).toBe(NO_PERSON)
  })

  it.each(['saveAccount', 'setPreferences'] as const)('%s is refused', method => {
    expect(refuseCall('settings-window', false, method)).toBe(NO_PERSON)
  })

  it.each(['setCeiling', 'setOverride', 'revokeGrants', 'stop', 'status', 'listApprovals'] as const)(
    '%s is left to the broker, which looks at what it would let through',
    method => {
      expect(refuseCall('terminal', false, method)).toBeUndefined()
    },
  )
})
