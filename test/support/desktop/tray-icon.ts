import dbus from '@particle/dbus-next'
import { until } from '../broker/until.ts'
import type { SessionBus } from './session-bus.ts'

const WATCHER = {
  name: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
}

/** An entry of a tray's menu, as a panel shows it. */
export type TrayEntry = {
  id: number
  label: string
  kind: 'item' | 'separator' | 'radio' | 'checkbox' | 'submenu'
  enabled: boolean
  visible: boolean
  checked: boolean
  entries: TrayEntry[]
}

type Layout = [id: number, properties: Record<string, { value: unknown }>, children: { value: Layout }[]]

/** A program's icon in the tray, as a panel has it. */
export class TrayIcon {
  readonly #bus: SessionBus
  readonly #name: string

  private constructor(bus: SessionBus, name: string) {
    this.#bus = bus
    this.#name = name
  }

  /** Names on the bus of all icons that there are. */
  static async names(bus: SessionBus): Promise<string[]> {
    const names = (await bus.property(WATCHER, 'RegisteredStatusNotifierItems')) as string[]
    // Watchers tell of them with or without their path.
    return names.map(name => name.replace(/\/.*$/, ''))
  }

  /** Waits for the icon of that process. */
  static async of(bus: SessionBus, pid: number): Promise<TrayIcon> {
    const name = await until(`a tray icon of process ${pid}`, async () => {
      const all = await TrayIcon.names(bus)
      // Watchers may tell its unique name instead.
      const owned = await Promise.all(all.map(async each => [each, await pidOf(bus, each)] as const))
      return owned.find(([, owner]) => owner === pid)?.[0]
    })
    return new TrayIcon(bus, name)
  }

  async title(): Promise<string> {
    return String(await this.#property('Title'))
  }

  async toolTip(): Promise<string> {
    const [, , text] = (await this.#property('ToolTip')) as string[]
    return String(text)
  }

  /** Its picture in each size: opacity, red, green and blue of each pixel. */
  async pictures(): Promise<{ width: number; height: number; argb: Buffer }[]> {
    const pixmaps = (await this.#property('IconPixmap')) as [number, number, Uint8Array][]
    return pixmaps.map(([width, height, argb]) => ({ width, height, argb: Buffer.from(argb) }))
  }

  async menu(): Promise<TrayEntry[]> {
    const [, layout] = await this.#bus.call(await this.#menuAddress(), 'GetLayout', 'iias', [0, -1, []])
    return entryOf(layout as Layout).entries
  }

  /** Waits for an entry, by the labels on the way to it, such as `pick('Clients', 'Codex', 'Read-only')`. */
  async entry(...labels: (string | RegExp)[]): Promise<TrayEntry> {
    return until(`the tray's menu has ${labels.join(' › ')}`, async () => {
      let entries = await this.menu()
      let found: TrayEntry | undefined
      for (const label of labels) {
        found = entries.find(each =>
          typeof label === 'string' ? each.label === label : label.test(each.label),
        )
        entries = found?.entries ?? []
      }
      return found
    })
  }

  /** Clicks an entry as a panel does. @throws where nobody could click it */
  async pick(...labels: (string | RegExp)[]): Promise<void> {
    const entry = await this.entry(...labels)
    if (!entry.enabled || !entry.visible)
      throw new Error(`Nobody can click ${labels.join(' › ')}: it is not enabled.`)
    const nothing = new dbus.Variant('i', 0)
    await this.#bus.call(await this.#menuAddress(), 'Event', 'isvu', [entry.id, 'clicked', nothing, 0])
  }

  /** Clicks the icon itself. */
  async click(): Promise<void> {
    await this.#bus.call(this.#address(), 'Activate', 'ii', [0, 0])
  }

  #address() {
    return { name: this.#name, path: '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' }
  }

  #property(name: string): Promise<unknown> {
    return this.#bus.property(this.#address(), name)
  }

  async #menuAddress() {
    return {
      name: this.#name,
      path: String(await this.#property('Menu')),
      interface: 'com.canonical.dbusmenu',
    }
  }
}

async function pidOf(bus: SessionBus, name: string): Promise<number | undefined> {
  const daemon = {
    name: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
  }
  try {
    const [pid] = await bus.call(daemon, 'GetConnectionUnixProcessID', 's', [name])
    return Number(pid)
  } catch {
    // Gone meanwhile.
    return undefined
  }
}

function entryOf([id, properties, children]: Layout): TrayEntry {
  const value = (name: string) => properties[name]?.value
  const toggle = value('toggle-type')
  const kind =
    value('type') === 'separator'
      ? 'separator'
      : toggle === 'radio'
        ? 'radio'
        : toggle === 'checkmark'
          ? 'checkbox'
          : value('children-display') === 'submenu'
            ? 'submenu'
            : 'item'
  return {
    id,
    label: String(value('label') ?? '').replaceAll(/_(.)/g, '$1'),
    kind,
    enabled: value('enabled') !== false,
    visible: value('visible') !== false,
    checked: value('toggle-state') === 1,
    entries: children.map(child => entryOf(child.value)),
  }
}
