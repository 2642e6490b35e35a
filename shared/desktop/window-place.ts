import * as z from 'zod'

/** Where a window is, in pixels that do not depend on the screen's density. */
export type Rectangle = { x: number; y: number; width: number; height: number }

const whole = z.int().min(-100_000).max(100_000)
export const rectangleSchema = z.strictObject({ x: whole, y: whole, width: whole, height: whole })

/** So much of a window has to be on a screen that a person can get hold of it. */
const MUST_SHOW = 80

/**
 * Where a window goes that was somewhere before: there, at least its smallest size and at most as large as the screen,
 * or nowhere in particular where that screen is gone.
 *
 * @param screens the parts of all screens that windows can use
 */
export function windowPlace(
  before: Rectangle | undefined,
  screens: readonly Rectangle[],
  size: { width: number; height: number; minWidth: number; minHeight: number },
): { width: number; height: number; x?: number; y?: number } {
  const { width, height, minWidth, minHeight } = size
  if (before === undefined) return { width, height }
  const screen = screens.find(each => shows(before, each))
  const [mostWidth, mostHeight] = [screen?.width ?? before.width, screen?.height ?? before.height]
  const fitted = {
    width: Math.max(minWidth, Math.min(before.width, mostWidth)),
    height: Math.max(minHeight, Math.min(before.height, mostHeight)),
  }
  return screen === undefined ? fitted : { ...fitted, x: before.x, y: before.y }
}

function shows(window: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  // The bar that a window is held by is at its top.
  const top = window.y >= screen.y && window.y + MUST_SHOW <= screen.y + screen.height
  return across >= MUST_SHOW && top
}
