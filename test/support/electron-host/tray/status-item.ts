import dbus from '@particle/dbus-next'
import type { Bitmap } from '../image/png.ts'

const { Interface } = dbus.interface

type Pixmap = [width: number, height: number, argb: Buffer]

/** A tray icon for panels, over D-Bus: org.kde.StatusNotifierItem. */
export class StatusItem extends Interface {
  readonly Category = 'ApplicationStatus'
  readonly Id: string
  readonly Status = 'Active'
  readonly WindowId = 0
  readonly IconName = ''
  readonly IconThemePath = ''
  readonly OverlayIconName = ''
  readonly OverlayIconPixmap: Pixmap[] = []
  readonly AttentionIconName = ''
  readonly AttentionIconPixmap: Pixmap[] = []
  readonly AttentionMovieName = ''
  readonly ItemIsMenu = false
  readonly Menu: string
  Title: string
  IconPixmap: Pixmap[] = []
  ToolTip: [string, Pixmap[], string, string] = ['', [], '', '']
  readonly #activated: () => void

  constructor(name: string, menu: string, activated: () => void) {
    super('org.kde.StatusNotifierItem')
    this.Id = name
    this.Title = name
    this.Menu = menu
    this.#activated = activated
  }

  setIcon(bitmaps: readonly Bitmap[]): void {
    this.IconPixmap = bitmaps.map(({ width, height, rgba }) => [width, height, argb(rgba)])
    this.NewIcon()
  }

  setToolTip(text: string): void {
    this.ToolTip = ['', [], text, '']
    this.NewToolTip()
  }

  setTitle(title: string): void {
    this.Title = title
    this.NewTitle()
  }

  Activate(): void {
    this.#activated()
  }

  SecondaryActivate(): void {}

  ContextMenu(): void {}

  Scroll(): void {}

  NewIcon(): void {}

  NewTitle(): void {}

  NewToolTip(): void {}
}

const READ = { access: 'read' } as const

StatusItem.configureMembers({
  properties: {
    Category: { signature: 's', ...READ },
    Id: { signature: 's', ...READ },
    Title: { signature: 's', ...READ },
    Status: { signature: 's', ...READ },
    WindowId: { signature: 'i', ...READ },
    IconName: { signature: 's', ...READ },
    IconThemePath: { signature: 's', ...READ },
    IconPixmap: { signature: 'a(iiay)', ...READ },
    OverlayIconName: { signature: 's', ...READ },
    OverlayIconPixmap: { signature: 'a(iiay)', ...READ },
    AttentionIconName: { signature: 's', ...READ },
    AttentionIconPixmap: { signature: 'a(iiay)', ...READ },
    AttentionMovieName: { signature: 's', ...READ },
    ToolTip: { signature: '(sa(iiay)ss)', ...READ },
    ItemIsMenu: { signature: 'b', ...READ },
    Menu: { signature: 'o', ...READ },
  },
  methods: {
    Activate: { inSignature: 'ii' },
    SecondaryActivate: { inSignature: 'ii' },
    ContextMenu: { inSignature: 'ii' },
    Scroll: { inSignature: 'is' },
  },
  signals: { NewIcon: {}, NewTitle: {}, NewToolTip: {} } as never,
})

/** Opacity, red, green and blue of each pixel, as panels want them. */
function argb(rgba: Uint8Array): Buffer {
  const bytes = Buffer.alloc(rgba.length)
  for (let at = 0; at < rgba.length; at += 4) {
    const [red = 0, green = 0, blue = 0, opacity = 0] = rgba.subarray(at, at + 4)
    bytes.set([opacity, red, green, blue], at)
  }
  return bytes
}
