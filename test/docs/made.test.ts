import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../setup/paths.mjs'
import { madePartsIn, PART_NAMES, withMadeParts } from '../support/docs/made-parts.ts'
import { allPages } from '../support/docs/pages.ts'

const pages = allPages().filter(({ text }) => text.includes('<!-- made:'))

describe('what pages have from the program itself (npm test -- test/docs/made -u writes it anew)', () => {
  it.each(pages.map(page => [page.path, page] as const))(
    '%s is as the program is',
    async (path, { text }) => {
      await expect(withMadeParts(text)).toMatchFileSnapshot(join(root, path))
    },
  )

  it('every part is on a page', () => {
    expect(pages.flatMap(({ text }) => madePartsIn(text)).sort()).toEqual([...PART_NAMES].sort())
  })
})
