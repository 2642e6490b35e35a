import { expect, it } from 'vitest'
import { selfTimes, selfTimesOfFiles } from './self-times.ts'

it('time belongs to the function that was sampled before it, and idling to none', () => {
  const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 4, columnNumber: 2 })
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('work', 'file:///a/kosmo.cjs') },
      { id: 2, callFrame: frame('(idle)', '') },
      { id: 3, callFrame: frame('', 'node:net') },
    ],
    samples: [1, 2, 3, 1, 1],
    timeDeltas: [100, 1_000, 50_000, 2_000, 2_000],
  }
  expect(selfTimes([profile], 10)).toEqual([
    { what: 'work kosmo.cjs:5:3', ms: 3, part: 0.6 },
    { what: '(anonymous) node:net:5:3', ms: 2, part: 0.4 },
  ])
  expect(selfTimes([profile, profile], 1)).toEqual([{ what: 'work kosmo.cjs:5:3', ms: 6, part: 0.6 }])
  expect(selfTimesOfFiles([profile], 1)).toEqual([{ what: 'kosmo.cjs', ms: 3, part: 0.6 }])
})
