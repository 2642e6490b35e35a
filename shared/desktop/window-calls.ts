import { type DesktopMethod, desktopMethods, refuseDesktopCall } from '../protocol/desktop-methods.ts'
import type { Method } from '../protocol/method-table.ts'
import { refuseCall, type SurfaceMethod, surfaceMethods } from '../protocol/surface-methods.ts'
import { APPROVAL_CALLS, SETTINGS_CALLS } from '../protocol/window-bridge.ts'

/** The windows that there are; each has one page and one list of calls. */
export type WindowKind = 'approval-window' | 'settings-window'

/** A call that a window may make. */
export type WindowCallDecision =
  | { kind: 'broker'; name: SurfaceMethod; method: Method }
  | { kind: 'desktop'; name: DesktopMethod; method: Method }
  | { kind: 'refused'; why: string }

const LISTS: Record<WindowKind, readonly string[]> = {
  'approval-window': APPROVAL_CALLS,
  'settings-window': SETTINGS_CALLS,
}

/** Whether a window may call a method: it has to be on its list, and the method's own table has to let it. */
export function decideWindowCall(window: WindowKind, name: unknown): WindowCallDecision {
  if (typeof name !== 'string' || !LISTS[window].includes(name)) {
    return { kind: 'refused', why: 'This window cannot call that.' }
  }
  if (isSurfaceMethod(name)) {
    const why = refuseCall(window, true, name)
    return why === undefined
      ? { kind: 'broker', name, method: surfaceMethods[name] }
      : { kind: 'refused', why }
  }
  if (isDesktopMethod(name)) {
    const why = refuseDesktopCall(window, name)
    return why === undefined
      ? { kind: 'desktop', name, method: desktopMethods[name] }
      : { kind: 'refused', why }
  }
  return { kind: 'refused', why: 'There is no such call.' }
}

function isSurfaceMethod(name: string): name is SurfaceMethod {
  return Object.hasOwn(surfaceMethods, name)
}

function isDesktopMethod(name: string): name is DesktopMethod {
  return Object.hasOwn(desktopMethods, name)
}
