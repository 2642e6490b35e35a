import { describe, expect, it } from 'vitest'
import { Limiter } from '../../../../../electron/integrations/mattermost/http/limiter.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

describe('Limiter', () => {
  it('runs at most 16 at once, in the order in which they came, also after failures', async () => {
    const limiter = new Limiter(() => 0)
    const started: number[] = []
    const ends: (() => void)[] = []
    const tasks = Array.from({ length: 40 }, (_, nth) =>
      limiter
        .run(async () => {
          started.push(nth)
          await new Promise<void>(resolve => ends.push(resolve))
          if (nth % 3 === 0) throw new Error('failed')
        })
        .catch(() => undefined),
    )
    await turn()
    expect(started).toHaveLength(16)
    for (let nth = 0; nth < 40; nth++) {
      ends[nth]?.()
      await turn()
      expect(started.length).toBe(Math.min(40, 17 + nth))
    }
    await Promise.all(tasks)
    expect(started).toEqual(Array.from({ length: 40 }, (_, nth) => nth))
  })

  it('keeps the longest wait that was asked for, and forgets it when it is over', () => {
    let now = 1000
    const limiter = new Limiter(() => now)
    expect(limiter.quietMs).toBe(0)
    limiter.quiet(500)
    limiter.quiet(200)
    expect(limiter.quietMs).toBe(500)
    now = 1600
    expect(limiter.quietMs).toBe(0)
  })

  it('takes a wait of days for a mistake: an hour is the most', () => {
    const limiter = new Limiter(() => 0)
    limiter.quiet(999_999_000)
    expect(limiter.quietMs).toBe(3_600_000)
  })
})
