import { expect, it } from 'vitest'
import { windowPlace } from '../../../shared/desktop/window-place.ts'

const SIZE = { width: 560, height: 640, minWidth: 480, minHeight: 400 }
const SCREEN = { x: 0, y: 0, width: 1280, height: 800 }
const SECOND = { x: 1280, y: 0, width: 1024, height: 768 }

it.each([
  ['never anywhere', undefined, { width: 560, height: 640 }],
  ['on a screen', { x: 10, y: 20, width: 600, height: 700 }, { x: 10, y: 20, width: 600, height: 700 }],
  [
    'on the second screen',
    { x: 1300, y: 0, width: 600, height: 700 },
    { x: 1300, y: 0, width: 600, height: 700 },
  ],
  [
    'larger than its screen',
    { x: 0, y: 0, width: 5_000, height: 5_000 },
    { x: 0, y: 0, width: 1280, height: 800 },
  ],
  ['too small', { x: 0, y: 0, width: 100, height: 10 }, { x: 0, y: 0, width: 480, height: 400 }],
  ['on a screen that is gone', { x: 5_000, y: 0, width: 600, height: 700 }, { width: 600, height: 700 }],
  [
    'with a corner left to get hold of',
    { x: 2_290, y: 0, width: 600, height: 700 },
    { width: 600, height: 700 },
  ],
  ['with its bar above the screen', { x: 0, y: -50, width: 600, height: 700 }, { width: 600, height: 700 }],
  ['with its bar below the screen', { x: 0, y: 790, width: 600, height: 700 }, { width: 600, height: 700 }],
])('a window that was %s', (_, before, place) => {
  expect(windowPlace(before, [SCREEN, SECOND], SIZE)).toEqual(place)
})
