import { beforeAll, describe, expect, it } from 'vitest'
import { measureSizes, type Size } from '../bench/sizes.ts'

// Every byte of these is in the context of a conversation, so each has a limit that a change has to argue with.
describe('what ends up in the context of a model', () => {
  let sizes: Size[]

  beforeAll(async () => {
    sizes = await measureSizes()
  })

  it.each([
    'tools/list, seven tools',
    '30 posts of 100 characters, text',
    '30 posts of 100 characters, data',
    '40 channels, text',
    '40 channels, data',
  ])('%s is within its limit', what => {
    const size = sizes.find(each => each.what === what)
    expect(size).toBeDefined()
    expect(size?.bytes).toBeGreaterThan(1000)
    expect(size?.bytes).toBeLessThanOrEqual(size?.limit ?? 0)
  })
})
