import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { fileOf, pageUrl } from '../../../electron/main/app-protocol.ts'

vi.mock('electron', () => ({ protocol: {} }))

const ROOT = '/opt/app/renderer'

it('an address names a file below the folder of the pages', () => {
  expect(fileOf(ROOT, pageUrl('approval'))).toBe(resolve(ROOT, 'approval/index.html'))
  expect(fileOf(ROOT, 'kosmo://app/assets/a%20b.js?x=1#y')).toBe(resolve(ROOT, 'assets/a b.js'))
})

it.each([
  'kosmo://app/',
  'kosmo://other/approval/index.html',
  'https://app/approval/index.html',
  'kosmo://app/..%2f..%2fetc/passwd',
  'kosmo://app/..%5c..%5cetc',
  'kosmo://app/a%00.html',
  'kosmo://app/%zz',
  'kosmo:app',
  '',
])('%s names none', address => {
  expect(fileOf(ROOT, address)).toBeUndefined()
})

it('whatever the address, nothing outside of the folder is named', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2f',
    '/',
    '\\',
    '%5c',
    'a',
    'renderer',
    '%00',
    '%',
    ' ',
    '..%2f',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const path = fileOf(ROOT, `kosmo://app/${pieces.join('')}`)
      expect(path === undefined || path.startsWith(`${ROOT}/`)).toBe(true)
    }),
  )
})
