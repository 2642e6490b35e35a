import { expect, it } from 'vitest'
import { timeLeft } from '../../../shared/approvals/time-left.ts'

it.each([
  [0, '0:00'],
  [1, '0:01'],
  [59_001, '1:00'],
  [3_600_000, '1:00:00'],
  [-5, '0:00'],
  [Number.NaN, 'unknown'],
])('%d ms are %s', (milliseconds, words) => {
  expect(timeLeft(milliseconds, 0)).toBe(words)
})
