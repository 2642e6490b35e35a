import { spawnSync } from 'node:child_process'
import { app } from '../app/app.ts'
import { strictEmitter } from '../strict.ts'

type Done = Pick<
  Electron.Screen,
  | 'getAllDisplays'
  | 'getCursorScreenPoint'
  | 'getDisplayMatching'
  | 'getDisplayNearestPoint'
  | 'getPrimaryDisplay'
>

const EVENTS = ['display-added', 'display-metrics-changed', 'display-removed']

class Screen extends strictEmitter('screen', EVENTS) implements Done {
  #size: Electron.Size | undefined

  getPrimaryDisplay(): Electron.Display {
    if (!app.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event")
    this.#size ??= displaySize()
    const size = this.#size
    const bounds = { x: 0, y: 0, ...size }
    return {
      id: 1,
      label: 'Electron host',
      bounds,
      workArea: bounds,
      size,
      workAreaSize: size,
      scaleFactor: 1,
      rotation: 0,
      internal: false,
      detected: true,
      monochrome: false,
      colorDepth: 24,
      colorSpace: '{primaries:BT709, transfer:SRGB, matrix:RGB, range:FULL}',
      depthPerComponent: 8,
      displayFrequency: 60,
      maximumCursorSize: { width: 64, height: 64 },
      nativeOrigin: { x: 0, y: 0 },
      accelerometerSupport: 'unavailable',
      touchSupport: 'unavailable',
    }
  }

  getAllDisplays(): Electron.Display[] {
    return [this.getPrimaryDisplay()]
  }

  getDisplayNearestPoint(): Electron.Display {
    return this.getPrimaryDisplay()
  }

  getDisplayMatching(): Electron.Display {
    return this.getPrimaryDisplay()
  }

  getCursorScreenPoint(): Electron.Point {
    const [, x, y] = /X=(\d+)\s+Y=(\d+)/.exec(xdotool('getmouselocation', '--shell')) ?? []
    return { x: Number(x ?? 0), y: Number(y ?? 0) }
  }
}

/** The one display of the session, as large as it is. */
export const screen = new Screen()

function displaySize(): Electron.Size {
  const [width, height] = xdotool('getdisplaygeometry').trim().split(' ').map(Number)
  return { width: width || 1280, height: height || 800 }
}

function xdotool(...args: string[]): string {
  if (!process.env.DISPLAY) return ''
  return spawnSync('xdotool', args, { encoding: 'utf8' }).stdout ?? ''
}
