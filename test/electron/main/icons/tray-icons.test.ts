import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { root } from '../../../setup/paths.mjs'

const ICONS = join(root, 'dist/main/icons')
const STATES = ['read-only', 'ask', 'allow', 'waiting', 'trouble']
const LOOKS = ['light', 'dark']

test.each(STATES.flatMap(state => LOOKS.map(look => `tray-${state}-${look}`)))(
  'Windows has %s in every size of its taskbar, and it is the same picture',
  name => {
    const icon = readFileSync(join(ICONS, `${name}.ico`))
    const sizes = Array.from({ length: icon.readUInt16LE(4) }, (_, index) => icon.readUInt8(6 + index * 16))
    expect(sizes).toEqual([16, 20, 24, 32, 48])
    // 48 pixels are those of the icon for dense screens elsewhere.
    const at = icon.readUInt32LE(6 + 4 * 16 + 12) + 40
    const { data } = decode(readFileSync(join(ICONS, `${name}@2x.png`)))
    for (const [column, row] of [
      [24, 24],
      [10, 30],
      [40, 12],
      [0, 0],
    ] as const) {
      const [blue, green, red, alpha] = icon.subarray(at + ((47 - row) * 48 + column) * 4)
      expect([red, green, blue, alpha]).toEqual([...data.subarray((row * 48 + column) * 4).slice(0, 4)])
    }
  },
)
