import { SessionBus } from '../../desktop/session-bus.ts'
import { app } from '../app/app.ts'
import { NativeImage } from '../image/native-image.ts'
import type { Menu } from '../menu/menu.ts'
import { strictEmitter } from '../strict.ts'
import { layoutOf } from './menu-layout.ts'
import { MenuService } from './menu-service.ts'
import { StatusItem } from './status-item.ts'

const EVENTS = [
  'click',
  // macOS and Windows alone.
  'balloon-click',
  'balloon-closed',
  'balloon-show',
  'double-click',
  'drop-files',
  'drop-text',
  'mouse-enter',
  'mouse-leave',
  'mouse-move',
  'right-click',
]

type Done = Pick<
  Electron.Tray,
  | 'closeContextMenu'
  | 'destroy'
  | 'getTitle'
  | 'isDestroyed'
  | 'setIgnoreDoubleClickEvents'
  | 'setTitle'
  | 'setToolTip'
>

const WATCHER = {
  name: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
}

const ITEM_PATH = '/StatusNotifierItem'
const MENU_PATH = '/com/canonical/dbusmenu'

/** Names on the bus of the tray icons that there are, for tests. */
export const trayNames = new Set<string>()

let last = 0

/** An icon in the desktop's own panel, over D-Bus. Where no panel takes it, it is nowhere, silently, as in Electron. */
export class Tray extends strictEmitter('Tray', EVENTS) implements Done {
  readonly #name = `org.kde.StatusNotifierItem-${process.pid}-${++last}`
  readonly #item: StatusItem
  readonly #menu = new MenuService(layoutOf(null))
  #bus: SessionBus | undefined
  #destroyed = false

  constructor(image: NativeImage | string) {
    super()
    if (!app.isReady()) throw new Error('Cannot create Tray before app is ready')
    this.#item = new StatusItem(app.name, MENU_PATH, () => {
      this.emit('click', {}, { x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0 })
    })
    this.setImage(image)
    this.#register().catch(() => undefined)
  }

  setImage(image: NativeImage | string): void {
    const { bitmaps } = this.#alive(
      typeof image === 'string' ? pictureAt(image) : { bitmaps: image.bitmaps() },
    )
    this.#item.setIcon(bitmaps)
  }

  setToolTip(toolTip: string): void {
    this.#alive(this.#item).setToolTip(toolTip)
  }

  setTitle(title: string): void {
    this.#alive(this.#item).setTitle(title)
  }

  getTitle(): string {
    return this.#alive(this.#item).Title
  }

  setContextMenu(menu: Menu | null): void {
    this.#alive(this.#menu).replace(layoutOf(menu))
  }

  closeContextMenu(): void {
    this.#alive(undefined)
  }

  setIgnoreDoubleClickEvents(): void {
    this.#alive(undefined)
  }

  destroy(): void {
    this.#destroyed = true
    trayNames.delete(this.#name)
    this.#bus?.disconnect()
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  async #register(): Promise<void> {
    const address = process.env.DBUS_SESSION_BUS_ADDRESS
    if (address === undefined) return
    const bus = await SessionBus.connect(address)
    if (this.#destroyed) return bus.disconnect()
    this.#bus = bus
    bus.raw.export(ITEM_PATH, this.#item)
    bus.raw.export(MENU_PATH, this.#menu)
    await bus.raw.requestName(this.#name)
    await bus.call(WATCHER, 'RegisterStatusNotifierItem', 's', [this.#name])
    trayNames.add(this.#name)
  }

  #alive<T>(value: T): T {
    if (this.#destroyed) throw new Error('Tray is destroyed')
    return value
  }
}

function pictureAt(path: string) {
  const image = NativeImage.createFromPath(path)
  // Electron takes no empty picture from a path.
  if (image.isEmpty()) throw new Error(`Failed to load image from path '${path}'`)
  return { bitmaps: image.bitmaps() }
}
