import { setImmediate as settled } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { oneAtATime } from '../../../../electron/broker/wire/one-at-a-time.ts'

it('runs once more after what is under way, however often it was wanted, and goes on after a failure', async () => {
  const ends: (() => void)[] = []
  const want = oneAtATime(
    () => new Promise((resolve, reject) => ends.push(ends.length === 0 ? reject : () => resolve(null))),
  )
  for (let count = 0; count < 10; count++) want()
  expect(ends).toHaveLength(1)
  ends[0]?.()
  await settled()
  expect(ends).toHaveLength(2)
  ends[1]?.()
  await settled()
  expect(ends).toHaveLength(2)
  want()
  expect(ends).toHaveLength(3)
})
