import { expect, it } from 'vitest'
import { WritesUnderWay } from '../../../../electron/broker/sessions/writes-under-way.ts'

it('counts what was let go until it is known how it ended, and a minute where nobody says', () => {
  let now = 0
  const writes = new WritesUnderWay(() => now)
  writes.released('a')
  writes.released('a')
  writes.released('b')
  expect(writes.count).toBe(3)
  writes.ended('a', 'ok')
  writes.ended('c', 'ok')
  expect(writes.count).toBe(2)
  // It may be that of another call, which was not even let go.
  writes.ended('a', 'invalid_input')
  writes.ended('a', 'duplicate')
  expect(writes.count).toBe(2)
  now = 59_999
  writes.ended('b', 'unknown_outcome')
  expect(writes.count).toBe(1)
  now = 60_000
  expect(writes.count).toBe(0)
})
