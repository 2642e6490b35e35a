import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Post } from '../../../../support/mattermost/records.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
let root: Post
let replies: Post[]
beforeAll(async () => {
  town = await openTown()
  const at = Date.now() - 1_000_000
  root = town.world.addPost(town.channels.vault, town.people.alice, 'question', { createAt: at })
  replies = Array.from({ length: 9 }, (_, nth) =>
    // Three to a millisecond: only the id tells their order.
    town.world.addReply(root, town.people.alice, `answer ${nth}`, { createAt: at + 1 + Math.floor(nth / 3) }),
  )
})
afterEach(() => town.calm())
afterAll(() => town.close())

const ask = (post_id: string, args = {}) =>
  town.toolsOf('alice').call('get_post', { post_id, thread: true, ...args })
const ids = async (post_id: string, args = {}) => dataOf(await ask(post_id, args)).thread.map(({ id }) => id)
const inOrder = () =>
  [root, ...replies].sort((a, b) => a.createAt - b.createAt || (a.id < b.id ? -1 : 1)).map(({ id }) => id)

describe('get_post with its thread', () => {
  it('gives the whole thread, oldest first, each post once, by the root', async () => {
    expect(await ids(root.id)).toEqual(inOrder())
  })

  it('gives the same thread by any of its replies', async () => {
    for (const reply of replies) expect(await ids(reply.id)).toEqual(inOrder())
  })

  it('marks the root with its replies, and the replies with the root', async () => {
    const { thread, next, left_out } = dataOf(await ask(root.id))
    expect(thread[0]).toMatchObject({ id: root.id, replies: 9, text: 'question', by: 'alice' })
    expect(thread.slice(1).every(post => post.root === root.id)).toBe(true)
    expect({ next, left_out }).toEqual({ next: undefined, left_out: undefined })
    expect(textOf(await ask(root.id))).toContain('Thread of 10 posts, oldest first')
  })

  it('gives a post without replies as a thread of one', async () => {
    const lone = town.world.addPost(town.channels.vault, town.people.alice, 'alone')
    expect(await ids(lone.id)).toEqual([lone.id])
  })

  it('goes on after a post of the thread', async () => {
    const order = inOrder()
    expect(await ids(root.id, { after: order[3] })).toEqual(order.slice(4))
    expect(await ids(root.id, { after: order.at(-1) })).toEqual([])
  })

  it('refuses to go on after a post that is not in the thread, which would begin it anew', async () => {
    const other = town.world.addPost(town.channels.vault, town.people.alice, 'elsewhere')
    for (const after of [other.id, 'x'.repeat(26)]) {
      expect(errorOf(await ask(root.id, { after }))).toMatch(/after.*\[invalid_input\]/)
    }
  })

  it('leaves deleted replies out', async () => {
    const gone = town.world.addReply(root, town.people.alice, 'gone')
    town.world.posts.delete(gone, town.people.alice)
    expect(await ids(root.id)).not.toContain(gone.id)
  })

  it('refuses a thread that the server fills with posts of another channel', async () => {
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/thread$/ },
      fault: {
        kind: 'changeJson',
        change: body => JSON.parse(JSON.stringify(body).replaceAll(root.channelId, town.channels.secret.id)),
      },
    })
    expect(errorOf(await ask(root.id))).toContain('[bad_response]')
  })

  it('refuses a malformed after without asking the server', async () => {
    expect(errorOf(await ask(root.id, { after: 'abc' }))).toMatch(/after.*\[invalid_input\]/)
    expect(await town.asked()).toEqual([])
  })
})
