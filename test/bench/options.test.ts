import { expect, it } from 'vitest'
import { parseBenchOptions } from './options.ts'

it('parts are named, and one that there is not is told', () => {
  expect(parseBenchOptions(['--only=a,b', '--quick'], ['a', 'b', 'c'])).toMatchObject({
    only: ['a', 'b'],
    quick: true,
    json: false,
    check: false,
  })
  expect(() => parseBenchOptions(['--only=a,d'], ['a', 'b'])).toThrow('--only=d is no part: there are a, b')
  expect(() => parseBenchOptions(['--fast'], [])).toThrow('--fast')
})
