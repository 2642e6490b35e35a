import { expect, it } from 'vitest'
import { withTables } from './performance-page.ts'
import type { Section } from './section.ts'
import { exactly, spread } from './stats.ts'

const section: Section = {
  id: 'start',
  title: 'Cold start',
  about: 'Of a start.',
  columns: [
    { head: 'ms', digits: 1 },
    { head: 'ratio', digits: 2 },
  ],
  rows: [
    { what: 'floor', program: '', cells: [{ value: exactly(28) }, null] },
    {
      what: 'solo | alone',
      program: 'kosmo',
      cells: [{ value: spread([30, 31, 32]) }, { value: exactly(1.2), goal: { most: 1.1 } }],
    },
  ],
}
const page = (between: string) =>
  `Ours.\n<!-- Measured: from here on written by npm run bench -- --write -->${between}<!-- End of what is measured -->\nOurs too.\n`

it('the tables take the place of those before, and nothing else is touched', () => {
  const written = withTables(page('Earlier.'), [section], 'A machine, 2 cores')
  expect(written).toContain('| floor | 28.0 |  |  |  |')
  expect(written).toContain('| solo \\| alone | 31.0 [30.5 31.5] | 1.20 | ≤ 1.10 | OVER |')
  expect(written).toContain('On A machine, 2 cores.')
  expect(written).not.toContain('Earlier.')
  expect(written.startsWith('Ours.\n')).toBe(true)
  expect(written.endsWith('\nOurs too.\n')).toBe(true)
  expect(withTables(written, [section], 'A machine, 2 cores')).toBe(written)
})

it('a page without its marks is left alone', () => {
  expect(() => withTables('Nothing here.', [section], '')).toThrow('the page needs')
})

it('tables of other parts stay, unless they are of another machine', () => {
  const other = { ...section, id: 'other', title: 'Something else' }
  const both = withTables(page(''), [section, other], 'A machine')
  const again = withTables(both, [{ ...section, about: 'Anew.' }], 'A machine')
  expect(again).toBe(both.replace('Of a start.', 'Anew.'))
  expect(withTables(both, [section], 'Another machine')).not.toContain('Something else')
})
