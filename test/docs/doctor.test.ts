import { expect, it } from 'vitest'
import { readPage } from '../support/docs/pages.ts'
import { sourcesIn } from '../support/docs/source-text.ts'

/** Of which there is one for each account, client or project. */
const MANY = ['account', 'client', 'clock', 'project']

it('clients.md has every finding of kosmo doctor, and no other', () => {
  const [, rest = ''] = readPage('docs/clients.md').text.split('\n## kosmo doctor\n')
  const cells = [...rest.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell = '']) => cell)
  const told = cells.flatMap(cell => [...cell.matchAll(/`([a-z]+)(?:\.\*)?`/g)].map(([, id]) => id))
  const found = sourcesIn(['electron/clients/doctor', 'electron/install']).flatMap(({ text }) =>
    [...text.matchAll(/\bid: (?:[^,\n]*\? )?['`]([a-z]+)/g), ...text.matchAll(/\bfinding\('([a-z]+)'/g)].map(
      ([, id]) => id,
    ),
  )
  // "clients" is said where there is none.
  const ids = new Set(found.filter(id => id !== 'clients'))
  for (const id of MANY) expect(rest).toContain(`\`${id}.*\``)
  expect([...ids].sort()).toEqual([...new Set(told)].sort())
})
