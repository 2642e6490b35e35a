import type { MenuItemConstructorOptions } from 'electron'
import { assertNever } from '../../shared/assert-never.ts'
import { menuLabel } from '../../shared/desktop/labels.ts'
import type { MenuEntry } from '../../shared/desktop/menu.ts'

/** A menu as Electron takes it. What is chosen is drawn by how things are, never by the click itself. */
export function nativeMenu<Action>(
  entries: readonly MenuEntry<Action>[],
  act: (action: Action) => void,
): MenuItemConstructorOptions[] {
  return entries.map((entry): MenuItemConstructorOptions => {
    switch (entry.kind) {
      case 'separator':
        return { type: 'separator' }
      case 'text':
        return { label: menuLabel(entry.label), enabled: false }
      case 'action':
        return { label: menuLabel(entry.label), click: () => act(entry.action) }
      case 'choice': {
        const { label, isChosen, action } = entry
        return { type: 'radio', label: menuLabel(label), checked: isChosen, click: () => act(action) }
      }
      case 'tick': {
        const { label, isOn, action } = entry
        return { type: 'checkbox', label: menuLabel(label), checked: isOn, click: () => act(action) }
      }
      case 'submenu':
        return { label: menuLabel(entry.label), submenu: nativeMenu(entry.entries, act) }
      default:
        return assertNever(entry)
    }
  })
}
