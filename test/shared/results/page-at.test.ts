import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageAt } from '../../../shared/results/page-at.ts'

describe('the page that begins at a position', () => {
  it('begins exactly there and is as large as it can be without being larger than what fits', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 300 }), (position, fits) => {
        const found = pageAt(position, fits)
        expect(found).toBeDefined()
        if (found === undefined) return
        expect(found.page * found.per_page).toBe(position)
        expect(found.per_page).toBeGreaterThan(0)
        expect(found.per_page).toBeLessThanOrEqual(fits)
        for (let larger = found.per_page + 1; larger <= fits; larger++) expect(position % larger).not.toBe(0)
      }),
    )
  })

  it('is the first one at the start', () => {
    expect(pageAt(0, 7)).toEqual({ page: 0, per_page: 7 })
  })

  it('is one item long where nothing else begins there', () => {
    expect(pageAt(31, 30)).toEqual({ page: 31, per_page: 1 })
  })

  it('is none where nothing fits', () => {
    expect(pageAt(5, 0)).toBeUndefined()
  })
})
