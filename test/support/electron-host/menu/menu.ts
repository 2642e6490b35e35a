import { strictEmitter } from '../strict.ts'
import { MenuItem } from './menu-item.ts'

type Template = (Electron.MenuItemConstructorOptions | MenuItem)[]

let applicationMenu: Menu | null = null

/** A menu, for the tray. */
export class Menu extends strictEmitter('Menu', ['menu-will-close', 'menu-will-show']) {
  static buildFromTemplate(template: Template): Menu {
    const menu = new Menu()
    for (const each of template) menu.append(each instanceof MenuItem ? each : new MenuItem(each))
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu
  }

  readonly items: MenuItem[] = []

  append(item: MenuItem): void {
    this.insert(this.items.length, item)
  }

  insert(at: number, item: MenuItem): void {
    this.items.splice(at, 0, item)
    if (item.type !== 'radio') return
    item.group = this.#neighbour(at)?.group ?? []
    item.group.push(item)
    if (item.checked) item.checked = true
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  /** For the tray: Electron turns on the first radio item of a group where none is. */
  willShow(): void {
    for (const { group } of this.items) {
      const [first] = group
      if (first !== undefined && !group.some(item => item.checked)) first.checked = true
    }
  }

  /** The radio item whose group one at that place belongs to: the nearest before it, else after it, up to a separator. */
  #neighbour(at: number): MenuItem | undefined {
    const nearest = (items: MenuItem[]) => {
      const found = items.find(item => item.type === 'radio' || item.type === 'separator')
      return found?.type === 'radio' ? found : undefined
    }
    return nearest(this.items.slice(0, at).reverse()) ?? nearest(this.items.slice(at + 1))
  }
}
