import dbus from '@particle/dbus-next'

type Bus = ReturnType<typeof dbus.sessionBus>
type Message = InstanceType<typeof dbus.Message>

/** Where a method is or a signal comes from. */
export type BusAddress = { name: string; path: string; interface: string }

const DAEMON = {
  name: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
}

/** One connection to a session bus. */
export class SessionBus {
  /** For exporting objects. */
  readonly raw: Bus

  private constructor(raw: Bus) {
    this.raw = raw
  }

  /** @throws where nothing listens at that address */
  static async connect(busAddress: string): Promise<SessionBus> {
    const raw = dbus.sessionBus({ busAddress })
    await new Promise<void>((resolve, reject) => {
      raw.on('error', reject)
      raw.on('connect', resolve)
    })
    return new SessionBus(raw)
  }

  /** Calls a method and gives the values of its answer. @throws what the other side answers */
  async call(to: BusAddress, member: string, signature = '', body: unknown[] = []): Promise<unknown[]> {
    const { name: destination, ...where } = to
    const answer = await this.raw.call(new dbus.Message({ destination, ...where, member, signature, body }))
    return answer?.body ?? []
  }

  /** Reads a property. */
  async property(of: BusAddress, name: string): Promise<unknown> {
    const properties = { ...of, interface: 'org.freedesktop.DBus.Properties' }
    const [variant] = await this.call(properties, 'Get', 'ss', [of.interface, name])
    return variant instanceof dbus.Variant ? variant.value : variant
  }

  /** Listens to the signals of an interface, whoever sends them. */
  async onSignal(
    of: string,
    listener: (member: string, body: unknown[], sender: string) => void,
  ): Promise<void> {
    this.raw.on('message', (message: Message) => {
      if (message.type !== dbus.MessageType.SIGNAL || message.interface !== of) return
      listener(message.member, message.body, message.sender)
    })
    await this.call(DAEMON, 'AddMatch', 's', [`type='signal',interface='${of}'`])
  }

  /** Who has a name at the moment; undefined: nobody. */
  async ownerOf(name: string): Promise<string | undefined> {
    try {
      const [owner] = await this.call(DAEMON, 'GetNameOwner', 's', [name])
      return String(owner)
    } catch {
      return undefined
    }
  }

  disconnect(): void {
    this.raw.disconnect()
  }
}
