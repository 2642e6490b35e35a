import dbus from '@particle/dbus-next'
import type { SessionBus } from './session-bus.ts'

const { Interface } = dbus.interface

/** Keeps the list of tray icons, for tests that need no panel to see them. */
export class TrayWatcher extends Interface {
  RegisteredStatusNotifierItems: string[] = []
  readonly IsStatusNotifierHostRegistered = true
  readonly ProtocolVersion = 0

  private constructor() {
    super('org.kde.StatusNotifierWatcher')
  }

  static async on(bus: SessionBus): Promise<TrayWatcher> {
    const watcher = new TrayWatcher()
    bus.raw.export('/StatusNotifierWatcher', watcher)
    await bus.onSignal('org.freedesktop.DBus', (member, [name, , owner]) => {
      if (member !== 'NameOwnerChanged' || owner !== '') return
      watcher.RegisteredStatusNotifierItems = watcher.RegisteredStatusNotifierItems.filter(
        each => each !== name,
      )
    })
    await bus.raw.requestName('org.kde.StatusNotifierWatcher')
    return watcher
  }

  RegisterStatusNotifierItem(item: string): void {
    this.RegisteredStatusNotifierItems.push(item)
  }

  RegisterStatusNotifierHost(): void {}
}

TrayWatcher.configureMembers({
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: 'read' },
    IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' },
    ProtocolVersion: { signature: 'i', access: 'read' },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's' },
    RegisterStatusNotifierHost: { inSignature: 's' },
  },
})
