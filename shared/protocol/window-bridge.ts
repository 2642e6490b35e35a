import type { desktopEvents, desktopMethods } from './desktop-methods.ts'
import type { Remote } from './method-table.ts'
import type { surfaceEvents, surfaceMethods } from './surface-methods.ts'

/*
 * What a preload gives its page as `window.kosmo`, and the names that each page may use. Two pages, two surfaces: what
 * decides on a request is not among the names of the settings window. The main process checks every call again.
 */

type Methods = typeof surfaceMethods & typeof desktopMethods
type Events = typeof surfaceEvents & typeof desktopEvents
export type WindowCall = keyof Methods & string
export type WindowEvent = keyof Events & string

export const APPROVAL_CALLS = [
  'status',
  'listApprovals',
  'watchApprovals',
  'reportShown',
  'answer',
  'decision',
  'extend',
  'appInfo',
  'openLink',
  'copyText',
  'hideWindow',
] as const satisfies readonly WindowCall[]

export const APPROVAL_EVENTS = ['approvalsChanged', 'focusApproval'] as const satisfies readonly WindowEvent[]

export const SETTINGS_CALLS = [
  'status',
  'listApprovals',
  'policy',
  'setCeiling',
  'setOverride',
  'clients',
  'grants',
  'revokeGrants',
  'integrations',
  'accountValues',
  'checkAccount',
  'saveAccount',
  'removeAccount',
  'placesOf',
  'setPermission',
  'preferences',
  'setPreferences',
  'activity',
  'verifyActivity',
  'appInfo',
  'desktop',
  'openLink',
  'copyText',
  'showApprovals',
  'hideWindow',
  'loginItem',
  'setLoginItem',
  'exportActivity',
  'knownClients',
  'planClient',
  'applyClientPlan',
  'clientSnippet',
  'doctor',
  'shellCommand',
  'planOutside',
  'applyOutside',
] as const satisfies readonly WindowCall[]

export const SETTINGS_EVENTS = ['changed', 'focusSection'] as const satisfies readonly WindowEvent[]

/** The one channel of each direction. */
export const CALL_CHANNEL = 'kosmo:call'
export const EVENT_CHANNEL = 'kosmo:event'

/** How a call crosses: Electron would put words of its own around an error. */
export type CallReply = { kind: 'value'; value: unknown } | { kind: 'failed'; code: string; message: string }

/** `window.kosmo`. */
export type WindowBridge = {
  call(method: string, params: unknown): Promise<CallReply>
  /** @returns what ends the listening */
  on(event: string, listener: (params: unknown) => void): () => void
}

export type ApprovalRemote = Pick<Remote<Methods>, (typeof APPROVAL_CALLS)[number]>
export type SettingsRemote = Pick<Remote<Methods>, (typeof SETTINGS_CALLS)[number]>

type EventListeners<Name extends WindowEvent> = {
  [Each in Name]: (params: import('zod').output<Events[Each]['params']>) => void
}
export type ApprovalEvents = EventListeners<(typeof APPROVAL_EVENTS)[number]>
export type SettingsEvents = EventListeners<(typeof SETTINGS_EVENTS)[number]>
