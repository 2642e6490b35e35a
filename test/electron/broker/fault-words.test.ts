import { expect, it } from 'vitest'
import { faultWords } from '../../../electron/broker/fault-words.ts'

it.each([
  ['ENOSPC', 'ENOSPC: the disk is full; make room'],
  ['EACCES', 'EACCES: you have no right to; look at owner and mode'],
  ['ENOTDIR', 'ENOTDIR'],
])('%s is told as %j', (code, told) => {
  expect(faultWords(Object.assign(new Error('x'), { code }))).toBe(told)
})

it('what is no failure of the system has no code', () => {
  expect(faultWords(new Error('/secret/path'))).toBe('unknown fault')
})
