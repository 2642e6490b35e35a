import * as z from 'zod'
import { activityFilterSchema } from './activity-methods.ts'
import { clientMethods } from './client-methods.ts'
import { installMethods } from './install-methods.ts'
import { defineMethods, type Handlers } from './method-table.ts'
import type { Surface } from './surfaces.ts'

/* What windows ask of the app itself: the desktop around them. */

const nothing = z.strictObject({})
const id = z.string().min(1).max(64)

/** How a part of the desktop stands; `why` is a sentence with what to do. */
const partSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ok') }),
  z.strictObject({ kind: z.literal('missing'), why: z.string() }),
  z.strictObject({ kind: z.literal('unknown') }),
])

const loginItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('on') }),
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('unavailable'), why: z.string() }),
])

export type DesktopPart = z.infer<typeof partSchema>
export type LoginItem = z.infer<typeof loginItemSchema>

export const desktopMethods = defineMethods({
  appInfo: {
    params: nothing,
    result: z.strictObject({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      node: z.string(),
      platform: z.string(),
      /** Where everything is kept, e.g. `~/.kosmokrator-desktop`. */
      home: z.string(),
      /** The person's home directory: paths are shown as `~/…`. */
      homeDirectory: z.string(),
    }),
  },
  /** What the desktop gives us. */
  desktop: { params: nothing, result: z.strictObject({ notifications: partSchema, tray: partSchema }) },
  /** Opens a link in the browser: https only. */
  openLink: {
    params: z.strictObject({ url: z.string().max(4_096) }),
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('opened') }),
      z.strictObject({ kind: z.literal('refused'), why: z.string() }),
    ]),
  },
  copyText: { params: z.strictObject({ text: z.string().max(200_000) }), result: z.null() },
  /** Shows the approval window, on this request where one is named. */
  showApprovals: { params: z.strictObject({ id: id.optional() }), result: z.null() },
  /** Hides the window that asks. Nothing is decided by it. */
  hideWindow: { params: nothing, result: z.null() },
  loginItem: { params: nothing, result: loginItemSchema },
  setLoginItem: { params: z.strictObject({ on: z.boolean() }), result: loginItemSchema },
  /** Lets the person choose a file and writes the audit there. */
  exportActivity: {
    params: z.strictObject({ format: z.enum(['csv', 'json']), filter: activityFilterSchema }),
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('saved'), path: z.string(), entries: z.int() }),
      z.strictObject({ kind: z.literal('cancelled') }),
    ]),
  },
  ...clientMethods,
  ...installMethods,
})

/** What the app tells a window. */
export const desktopEvents = defineMethods({
  /** Something that is not an approval has changed: ask again for what is on the screen. */
  changed: { params: nothing, result: z.null() },
  /** Show this request. */
  focusApproval: { params: z.strictObject({ id }), result: z.null() },
  /** Show this section of the settings, e.g. `activity`. */
  focusSection: { params: z.strictObject({ section: z.string().max(40) }), result: z.null() },
})

export type DesktopMethod = keyof typeof desktopMethods
export type DesktopHandlers = Handlers<typeof desktopMethods>

const BOTH: readonly Surface[] = ['approval-window', 'settings-window']
const SETTINGS: readonly Surface[] = ['settings-window']

const CALLERS: Record<DesktopMethod, readonly Surface[]> = {
  appInfo: BOTH,
  openLink: BOTH,
  copyText: BOTH,
  hideWindow: BOTH,
  desktop: SETTINGS,
  showApprovals: SETTINGS,
  loginItem: SETTINGS,
  setLoginItem: SETTINGS,
  exportActivity: SETTINGS,
  knownClients: SETTINGS,
  planClient: SETTINGS,
  applyClientPlan: SETTINGS,
  clientSnippet: SETTINGS,
  doctor: SETTINGS,
  shellCommand: SETTINGS,
  planOutside: SETTINGS,
  applyOutside: SETTINGS,
}

/** Why a surface may not call a method of the app; undefined where it may. */
export function refuseDesktopCall(surface: Surface, method: DesktopMethod): string | undefined {
  return CALLERS[method].includes(surface) ? undefined : `${method} cannot be called from here (${surface}).`
}
