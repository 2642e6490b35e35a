import dbus from '@particle/dbus-next'
import { flat, type LayoutItem } from './menu-layout.ts'

const { Interface } = dbus.interface

type Layout = [id: number, properties: Record<string, unknown>, children: unknown[]]
type ClickEvent = [id: number, kind: string, ...rest: unknown[]]

/** A menu for panels, over D-Bus: com.canonical.dbusmenu. */
export class MenuService extends Interface {
  readonly Version = 3
  readonly TextDirection = 'ltr'
  readonly Status = 'normal'
  readonly IconThemePath: string[] = []
  #layout: LayoutItem
  #revision = 1

  constructor(layout: LayoutItem) {
    super('com.canonical.dbusmenu')
    this.#layout = layout
  }

  /** Shows another menu from now on. */
  replace(layout: LayoutItem): void {
    this.#layout = layout
    this.#revision++
    this.LayoutUpdated()
  }

  GetLayout(parent: number, depth: number): [number, Layout] {
    const found = this.#find(parent) ?? this.#layout
    return [this.#revision, told(found, depth)]
  }

  GetGroupProperties(ids: number[]): [number, Record<string, unknown>][] {
    const all = flat(this.#layout)
    const wanted = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id))
    return wanted.map(({ id, properties }) => [id, variants(properties)])
  }

  GetProperty(id: number, name: string): unknown {
    return variant(this.#find(id)?.properties[name] ?? '')
  }

  Event(id: number, kind: string): void {
    const item = this.#find(id)?.item
    // A panel offers no click on what is not enabled; whoever sends one gets nothing.
    // After the answer: it may be what ends the app.
    if (kind === 'clicked' && item?.enabled === true) setImmediate(() => item.click())
  }

  EventGroup(events: ClickEvent[]): number[] {
    for (const [id, kind] of events) this.Event(id, kind)
    return []
  }

  AboutToShow(): boolean {
    return false
  }

  AboutToShowGroup(): [number[], number[]] {
    return [[], []]
  }

  LayoutUpdated(): [number, number] {
    return [this.#revision, 0]
  }

  #find(id: number): LayoutItem | undefined {
    return flat(this.#layout).find(each => each.id === id)
  }
}

MenuService.configureMembers({
  properties: {
    Version: { signature: 'u', access: 'read' },
    TextDirection: { signature: 's', access: 'read' },
    Status: { signature: 's', access: 'read' },
    IconThemePath: { signature: 'as', access: 'read' },
  },
  methods: {
    GetLayout: { inSignature: 'iias', outSignature: 'u(ia{sv}av)' },
    GetGroupProperties: { inSignature: 'aias', outSignature: 'a(ia{sv})' },
    GetProperty: { inSignature: 'is', outSignature: 'v' },
    Event: { inSignature: 'isvu' },
    EventGroup: { inSignature: 'a(isvu)', outSignature: 'ai' },
    AboutToShow: { inSignature: 'i', outSignature: 'b' },
    AboutToShowGroup: { inSignature: 'ai', outSignature: 'aiai' },
  },
  signals: { LayoutUpdated: { signature: 'ui' } },
})

function told({ id, properties, children }: LayoutItem, depth: number): Layout {
  const below =
    depth === 0 ? [] : children.map(child => new dbus.Variant('(ia{sv}av)', told(child, depth - 1)))
  return [id, variants(properties), below]
}

function variants(properties: LayoutItem['properties']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, variant(value)]))
}

function variant(value: string | number | boolean): unknown {
  const signatures = { string: 's', number: 'i', boolean: 'b' } as const
  return new dbus.Variant(signatures[typeof value as keyof typeof signatures], value)
}
