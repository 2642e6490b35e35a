import type { Menu } from '../menu/menu.ts'
import type { MenuItem } from '../menu/menu-item.ts'

/** An item as com.canonical.dbusmenu tells of it; the root has the number 0. */
export type LayoutItem = {
  id: number
  properties: Record<string, string | number | boolean>
  children: LayoutItem[]
  /** Whom a click is for. */
  item: MenuItem | undefined
}

/** A menu as it is at this moment: what the app changes later shows after the next setContextMenu, as in Electron. */
export function layoutOf(menu: Menu | null): LayoutItem {
  menu?.willShow()
  const children = (menu?.items ?? []).map(itemLayout)
  return { id: 0, properties: { 'children-display': 'submenu' }, children, item: undefined }
}

/** All items of a layout, the root first. */
export function flat(layout: LayoutItem): LayoutItem[] {
  return [layout, ...layout.children.flatMap(flat)]
}

function itemLayout(item: MenuItem): LayoutItem {
  const { commandId: id, type, enabled, visible, checked, submenu, toolTip } = item
  if (type === 'separator') return { id, properties: { type: 'separator', visible }, children: [], item }
  const properties: LayoutItem['properties'] = { label: mnemonics(item.label), enabled, visible }
  if (type === 'checkbox' || type === 'radio') {
    properties['toggle-type'] = type === 'radio' ? 'radio' : 'checkmark'
    properties['toggle-state'] = checked ? 1 : 0
  }
  if (submenu !== undefined) properties['children-display'] = 'submenu'
  if (toolTip !== '') properties['accessible-desc'] = toolTip
  return { id, properties, children: submenu === undefined ? [] : layoutOf(submenu).children, item }
}

/** Electron marks the letter to press with "&", menus of the desktop with "_". */
function mnemonics(label: string): string {
  return label
    .replaceAll('_', '__')
    .replaceAll(/&(.)/g, (_, letter: string) => (letter === '&' ? '&' : `_${letter}`))
}
