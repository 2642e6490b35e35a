import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Gateway } from '../../../../support/posting/gateway.ts'
import { openPostingWorld, type PostingWorld } from '../../../../support/posting/posting-world.ts'

let town: PostingWorld
let gateway: Gateway
beforeEach(async () => {
  town = await openPostingWorld()
  gateway = town.gateway()
})
afterEach(() => town.close())

const dev = (message: string, idempotency_key?: string) => ({
  channel_id: town.dev.id,
  message,
  ...(idempotency_key !== undefined && { idempotency_key }),
})

/** Counts how many posts are on their way together, as the gateway sees it. */
function overlapping() {
  const count = { now: 0, most: 0 }
  const { client } = gateway.service
  const write = client.write.bind(client)
  client.write = async (...args) => {
    count.most = Math.max(count.most, ++count.now)
    const result = await write(...args)
    count.now--
    return result
  }
  return count
}

describe('many at once', () => {
  it('50 to one channel are each there once, and never two on their way at a time', async () => {
    const onTheirWay = overlapping()
    const texts = Array.from({ length: 50 }, (_, nth) => `number ${nth}`)
    const answers = await Promise.all(texts.map(text => gateway.call(dev(text, text))))
    expect(answers.every(answer => answer.kind === 'posted' && !answer.deduplicated)).toBe(true)
    const rows = town.world.posts.inChannel(town.dev.id).filter(row => texts.includes(row.message))
    expect(rows.map(row => row.message).sort()).toEqual([...texts].sort())
    expect(onTheirWay.most).toBe(1)
  })
})
