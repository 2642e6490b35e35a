import { app } from '../app/app.ts'
import { NotDone, refuseOthers, strictBase } from '../strict.ts'
import { Menu } from './menu.ts'

type Options = Electron.MenuItemConstructorOptions

const OPTIONS = [
  'accelerator',
  'accessibilityLabel',
  'checked',
  'click',
  'enabled',
  'icon',
  'id',
  'label',
  'registerAccelerator',
  'role',
  'sublabel',
  'submenu',
  'toolTip',
  'type',
  'visible',
]

/** What items with a role say where the app does not; a role that does more than `quit` does nothing here. */
const LABELS: Readonly<Record<string, string>> = {
  about: 'About',
  close: 'Close Window',
  copy: 'Copy',
  cut: 'Cut',
  editmenu: 'Edit',
  minimize: 'Minimize',
  paste: 'Paste',
  quit: 'Quit',
  redo: 'Redo',
  selectall: 'Select All',
  undo: 'Undo',
  windowmenu: 'Window',
}

let last = 0

/** An item of a menu. */
export class MenuItem extends strictBase('MenuItem') {
  readonly commandId = ++last
  readonly type: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio'
  readonly role: string | undefined
  readonly submenu: Menu | undefined
  readonly accelerator: string | null
  id: string
  label: string
  sublabel: string
  toolTip: string
  enabled: boolean
  visible: boolean
  /** Set by the menu that it is in: the radio items that belong together. */
  group: MenuItem[] = []
  readonly #click: Options['click']
  #checked: boolean

  constructor(options: Options) {
    super()
    refuseOthers('MenuItem', options, OPTIONS)
    const { label, role, submenu, type = submenu === undefined ? 'normal' : 'submenu' } = options
    if (type === 'header' || type === 'palette') throw new NotDone(`menu items of the type "${type}"`)
    if (role !== undefined && !(role.toLowerCase() in LABELS)) throw new NotDone(`the menu role "${role}"`)
    if (type === 'submenu' && submenu === undefined) throw new TypeError('Invalid submenu')
    this.type = type
    this.role = role
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as Menu | undefined)
    this.accelerator = options.accelerator ?? null
    this.id = options.id ?? ''
    this.label = label ?? LABELS[role?.toLowerCase() ?? ''] ?? ''
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.#checked = options.checked ?? false
    this.#click = options.click
  }

  get checked(): boolean {
    return this.#checked
  }

  set checked(checked: boolean) {
    if (this.type !== 'radio') {
      this.#checked = checked
      return
    }
    // A radio item can be turned on alone, and turns the others off.
    for (const other of this.group) other.#checked = other === this
    this.#checked = true
  }

  /** What a click does, also by the app itself. */
  click(): void {
    if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked
    if (this.role === 'quit') app.quit()
    else if (this.role !== undefined) throw new NotDone(`a click on the menu role "${this.role}"`)
    else this.#click?.(this as unknown as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent)
  }
}
