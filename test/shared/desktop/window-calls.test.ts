import { describe, expect, it } from 'vitest'
import { decideWindowCall } from '../../../shared/desktop/window-calls.ts'
import { desktopMethods } from '../../../shared/protocol/desktop-methods.ts'
import { surfaceMethods } from '../../../shared/protocol/surface-methods.ts'
import { APPROVAL_CALLS, SETTINGS_CALLS } from '../../../shared/protocol/window-bridge.ts'

const LISTS = { 'approval-window': APPROVAL_CALLS, 'settings-window': SETTINGS_CALLS } as const
const ALL = [...Object.keys(surfaceMethods), ...Object.keys(desktopMethods)]

describe.each(['approval-window', 'settings-window'] as const)('the %s', window => {
  it.each(ALL)('%s is answered where it is on the list of its page, and nowhere else', name => {
    const { kind } = decideWindowCall(window, name)
    const isListed = (LISTS[window] as readonly string[]).includes(name)
    expect(kind).toBe(isListed ? (Object.hasOwn(surfaceMethods, name) ? 'broker' : 'desktop') : 'refused')
  })

  it.each([undefined, null, 7, {}, ['answer'], 'constructor', '__proto__', 'toString', 'Answer', ''])(
    'what is no name of a call (%j) is refused',
    name => {
      expect(decideWindowCall(window, name)).toMatchObject({ kind: 'refused' })
    },
  )
})

it('the settings window cannot decide on a request, nor say that one was seen', () => {
  for (const name of ['answer', 'reportShown', 'extend', 'watchApprovals', 'decision']) {
    expect(decideWindowCall('settings-window', name).kind, name).toBe('refused')
  }
})

it('the approval window cannot change what is allowed, nor touch accounts and other programs', () => {
  for (const name of [
    'setCeiling',
    'setOverride',
    'setPermission',
    'saveAccount',
    'accountValues',
    'applyClientPlan',
    'stop',
  ]) {
    expect(decideWindowCall('approval-window', name).kind, name).toBe('refused')
  }
})
