import { expect, it } from 'vitest'
import { Menu } from './menu.ts'
import { MenuItem } from './menu-item.ts'

const checked = (menu: Menu) => menu.items.filter(item => item.checked).map(item => item.label)
const radio = (label: string, isChecked = false) => ({ label, type: 'radio', checked: isChecked }) as const

it('of radio items between two separators one is on, whatever stands between them', () => {
  const menu = Menu.buildFromTemplate([
    radio('a', true),
    { label: 'between' },
    radio('b'),
    { type: 'separator' },
    radio('c', true),
    radio('d'),
  ])
  menu.items.find(item => item.label === 'b')?.click()
  expect(checked(menu)).toEqual(['b', 'c'])
  menu.items.find(item => item.label === 'b')?.click()
  expect(checked(menu)).toEqual(['b', 'c'])
})

it('a group of radio items with none on shows its first one on', () => {
  const menu = Menu.buildFromTemplate([radio('a'), radio('b')])
  expect(checked(menu)).toEqual([])
  menu.willShow()
  expect(checked(menu)).toEqual(['a'])
})

it('a checkbox turns by itself, before the app hears of the click', () => {
  const seen: boolean[] = []
  const click = (item: { checked: boolean }) => seen.push(item.checked)
  const item = new MenuItem({ type: 'checkbox', label: 'x', click: click as never })
  item.click()
  item.click()
  expect(seen).toEqual([true, false])
})

it('an item is found by its id in any submenu, and what nobody does is refused', () => {
  const menu = Menu.buildFromTemplate([{ label: 'more', submenu: [{ id: 'deep', label: 'x' }] }])
  expect(menu.getMenuItemById('deep')?.label).toBe('x')
  expect(() => new MenuItem({ label: 'x', badge: {} as never })).toThrow('does not do MenuItem with "badge"')
  expect(() => (menu as unknown as { popup(): void }).popup()).toThrow('does not do Menu.popup')
})
