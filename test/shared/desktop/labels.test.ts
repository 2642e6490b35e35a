import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientLabel, folderLabel, menuLabel, placeLabel } from '../../../shared/desktop/labels.ts'

it.each([
  ['codex-mcp-client', 'Codex'],
  ['claude-code', 'Claude Code'],
  ['My Agent (beta) 2.0', 'My Agent (beta) 2.0'],
  ['Агент Смит', 'Агент Смит'],
  ['', 'A client'],
  ['\n\t\u202e', 'A client'],
  ['constructor', 'constructor'],
  ['Codex → ~town-square · safe', 'Codex town-square safe'],
  ['Approve & Deny\nall', 'Approve Deny all'],
  ['x'.repeat(100), `${'x'.repeat(31)}…`],
])('the client %j is called %j', (name, label) => {
  expect(clientLabel(name)).toBe(label)
})

it('whatever a client calls itself, its label is one short line without an arrow, a channel or a person', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), name => {
      const label = clientLabel(name)
      expect(Array.from(label).length).toBeLessThanOrEqual(32)
      expect(label).not.toMatch(/[\n\r\t→~@·"&<>]|\p{Cc}|\p{Cf}/u)
      expect(label.trim()).not.toBe('')
    }),
  )
})

it('places are as they are, short and on one line', () => {
  expect(placeLabel('~release-train')).toBe('~release-train')
  expect(placeLabel('~a\u202eb\nc')).toBe('~ab c')
  expect(placeLabel('\u200b')).toBe('a channel')
  expect(placeLabel('y'.repeat(50))).toHaveLength(40)
})

describe('a folder', () => {
  it.each([
    ['/home/ada/src/webapp', '~/src/webapp'],
    ['/home/ada', '~'],
    ['/home/adam/src', '/home/adam/src'],
    ['/srv/project', '/srv/project'],
    ['', 'a folder that is gone'],
    [`/home/ada/${'deep/'.repeat(20)}end`, `…${`~/${'deep/'.repeat(20)}end`.slice(-47)}`],
  ])('%j is shown as %j', (folder, label) => {
    expect(folderLabel(folder, '/home/ada')).toBe(label)
  })

  it('on Windows, and where the home directory is not known', () => {
    expect(folderLabel('C:\\Users\\ada\\src', 'C:\\Users\\ada\\')).toBe('~\\src')
    expect(folderLabel('/home/ada', '')).toBe('/home/ada')
  })
})

it('a menu shows every &', () => {
  expect(menuLabel('R&D_team && more')).toBe('R&&D_team &&&& more')
})
