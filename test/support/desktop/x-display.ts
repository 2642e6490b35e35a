import x11, { type Display, type Property, type XClient } from 'x11'

/** What events of the X protocol are numbered, and the masks of those who listen to them. */
const FOCUS_OUT = 10
const UNMAP_NOTIFY = 18
const PROPERTY_NOTIFY = 28
const CLIENT_MESSAGE = 33
const FOCUS_CHANGE = 0x200000
const PROPERTY_CHANGE = 0x400000
const SUBSTRUCTURE = 0x180000
const VIEWABLE = 2
const WHITE = 0xffffff

/** As who asks for a window to be active: a pager, whom window managers obey. */
const PAGER = 2
const NONLINEAR = 3

/** The X server and the window manager, as far as windows are put on and off the screen. */
export class XDisplay {
  readonly #client: XClient
  readonly #root: number
  readonly #atoms = new Map<string, number>()
  readonly #listeners = new Set<(active: number) => void>()

  private constructor({ client, screen: [screen] }: Display) {
    this.#client = client
    this.#root = screen?.root ?? 0
    // Windows go while they are asked about.
    client.on('error', () => undefined)
    client.on('event', event => this.#hear(event))
    client.ChangeWindowAttributes(this.#root, { eventMask: PROPERTY_CHANGE })
  }

  static async open(display: string): Promise<XDisplay> {
    const opened = await new Promise<Display>((resolve, reject) => {
      x11.createClient({ display }, (error, given) => (error ? reject(error) : resolve(given)))
    })
    const made = new XDisplay(opened)
    await Promise.all(ATOMS.map(name => made.#intern(name)))
    return made
  }

  /** Whether somebody manages windows yet. */
  async isManaged(): Promise<boolean> {
    return (await this.#property(this.#root, '_NET_CLIENT_LIST')).type !== 0
  }

  /** A window of ours with nothing in it, not on the screen yet. */
  open(title: string): number {
    const window = this.#client.AllocID()
    this.#client.CreateWindow(window, this.#root, 40, 600, 240, 120, 0, 0, 0, 0, { backgroundPixel: WHITE })
    const name = Buffer.from(title)
    this.#client.ChangeProperty(0, window, this.#atom('_NET_WM_NAME'), this.#atom('UTF8_STRING'), 8, name)
    return window
  }

  close(): void {
    this.#client.terminate()
  }

  /** What a window calls itself. */
  async titleOf(window: number): Promise<string> {
    return (await this.#property(window, '_NET_WM_NAME')).data.toString('utf8')
  }

  /** Tells whenever another window has become the active one; 0: none is. */
  onActive(listener: (active: number) => void): void {
    this.#listeners.add(listener)
  }

  async active(): Promise<number> {
    const { data } = await this.#property(this.#root, '_NET_ACTIVE_WINDOW')
    return data.length >= 4 ? data.readUInt32LE() : 0
  }

  /** The window that the manager knows by that title; undefined: none. */
  async titled(title: string): Promise<number | undefined> {
    const { data } = await this.#property(this.#root, '_NET_CLIENT_LIST')
    for (let at = 0; at + 4 <= data.length; at += 4) {
      const window = data.readUInt32LE(at)
      if ((await this.titleOf(window).catch(() => '')) === title) return window
    }
    return undefined
  }

  async isOnScreen(window: number): Promise<boolean> {
    const attributes = await new Promise<{ mapState: number }>((resolve, reject) => {
      this.#client.GetWindowAttributes(window, (error, given) => (error ? reject(error) : resolve(given)))
    })
    return attributes.mapState === VIEWABLE
  }

  map(window: number): void {
    this.#client.MapWindow(window)
  }

  /** Takes a window away from the screen and from the manager's care. */
  withdraw(window: number): void {
    this.#client.UnmapWindow(window)
    const event = Buffer.alloc(32)
    event.writeUInt8(UNMAP_NOTIFY, 0)
    event.writeUInt32LE(this.#root, 4)
    event.writeUInt32LE(window, 8)
    this.#client.SendEvent(this.#root, false, SUBSTRUCTURE, event)
  }

  activate(window: number): void {
    const event = Buffer.alloc(32)
    event.writeUInt8(CLIENT_MESSAGE, 0)
    event.writeUInt8(32, 1)
    event.writeUInt32LE(window, 4)
    event.writeUInt32LE(this.#atom('_NET_ACTIVE_WINDOW'), 8)
    event.writeUInt32LE(PAGER, 12)
    this.#client.SendEvent(this.#root, false, SUBSTRUCTURE, event)
  }

  /** Tells a window on the screen that it has no focus: Chromium takes each new one for focused until it hears otherwise. */
  tellUnfocused(window: number): void {
    const event = Buffer.alloc(32)
    event.writeUInt8(FOCUS_OUT, 0)
    event.writeUInt8(NONLINEAR, 1)
    event.writeUInt32LE(window, 4)
    this.#client.SendEvent(window, false, FOCUS_CHANGE, event)
  }

  #hear({ type, atom }: { type: number; atom?: number }): void {
    if (type !== PROPERTY_NOTIFY || atom !== this.#atoms.get('_NET_ACTIVE_WINDOW')) return
    this.active().then(
      active => {
        for (const listener of this.#listeners) listener(active)
      },
      () => undefined,
    )
  }

  #atom(name: (typeof ATOMS)[number]): number {
    return this.#atoms.get(name) ?? 0
  }

  async #intern(name: (typeof ATOMS)[number]): Promise<void> {
    const atom = await new Promise<number>((resolve, reject) => {
      this.#client.InternAtom(false, name, (error, given) => (error ? reject(error) : resolve(given)))
    })
    this.#atoms.set(name, atom)
  }

  #property(window: number, name: (typeof ATOMS)[number]): Promise<Property> {
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, value: Property) => (error ? reject(error) : resolve(value))
      this.#client.GetProperty(0, window, this.#atom(name), 0, 0, 100_000, done)
    })
  }
}

const ATOMS = ['_NET_ACTIVE_WINDOW', '_NET_CLIENT_LIST', '_NET_WM_NAME', 'UTF8_STRING'] as const
