import { describe, expect, it } from 'vitest'
import { FOREVER, meet, meetOwn, NEW_POST } from './fault.ts'
import { expectFine, type Rig, type Said, said, withRig } from './rig.ts'

// Everything in this file needs the journal of posts: one intention, one post, whatever is lost on the way.
// Without the journal most of these tests fail; with it all of them must pass.

const POSTED = /^(Already p|P)osted /
const UNKNOWN = /\[unknown_outcome/

function post(rig: Rig, message = 'hello', more: Record<string, unknown> = {}): Promise<Said> {
  return rig.call('create_post', { channel_id: rig.channels.dev.id, message, ...more })
}

/** The server saw this message saved at most once, and every try to save it under one and the same key. */
function expectOneIntention(rig: Rig, message = 'hello'): void {
  const sent = rig.posts().map(({ body }) => JSON.parse(body) as { message: string; pending_post_id: string })
  const keys = sent.filter(each => each.message === message).map(each => each.pending_post_id)
  expect(keys.length).toBeGreaterThan(0)
  expect(keys.length).toBeLessThanOrEqual(2)
  expect(new Set(keys).size).toBe(1)
  expect(rig.posted(rig.channels.dev).filter(each => each === message).length).toBeLessThanOrEqual(1)
}

/** A call that carries its own id, which is the same when the client repeats it. */
async function callAgain(rig: Rig, callId: string): Promise<Said> {
  const name = 'integration__mattermost__mattermost_create_post'
  const args = { channel_id: rig.channels.dev.id, message: 'hello' }
  const params = { name, arguments: args, _meta: { callId, threadId: 'thread-1' } }
  return said(await rig.client.request('tools/call', params))
}

describe.concurrent('F. posting once, with the journal', () => {
  it('case 18: the same post with the same key twice is one post, and the second says so', () =>
    withRig({ write: 'allow' }, async rig => {
      const first = await post(rig, 'hello', { idempotency_key: 'release-1' })
      const second = await post(rig, 'hello', { idempotency_key: 'release-1' })
      expectFine(first, /^Posted /)
      expectFine(second, /^Already posted /, 'was not posted again')
      expect(second.data).toMatchObject({ id: first.data.id, deduplicated: true })
      expect(rig.posts().length).toBe(1)
      expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
    }))

  it('case 18: so is a call that a client makes once more under the id of the first', () =>
    withRig({ write: 'allow' }, async rig => {
      const first = await callAgain(rig, 'call-1')
      const second = await callAgain(rig, 'call-1')
      expect(second.data).toMatchObject({ id: first.data.id, deduplicated: true })
      expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
    }))

  it('case 18: a post that was given up while it was sent is not sent again', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 42, 'done, reset before the headers', { match: NEW_POST })
      const answers = await Promise.all([
        post(rig, 'hello', { idempotency_key: 'k' }),
        post(rig, 'hello', { idempotency_key: 'k' }),
      ])
      for (const { text } of answers) expect(text).toMatch(POSTED)
      expect(rig.posts().length).toBe(1)
      expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
    }))

  it('case 20: a call that is cancelled while it posts is known to the next one', () =>
    withRig({ write: 'allow' }, async rig => {
      const gate = rig.mattermost.faults.hold(NEW_POST, 'afterHandler')
      const id = rig.client.newId()
      const args = { channel_id: rig.channels.dev.id, message: 'hello' }
      rig.client.sendCall('create_post', args, id)
      await gate.arrived
      rig.client.cancel(id)
      await rig.client.request('ping')
      gate.release()
      const answer = await post(rig)
      expectFine(answer, /^Already posted /)
      expect(rig.posts().length).toBe(1)
      expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
    }))

  for (const name of ['done, empty body', 'done, truncated JSON']) {
    it(`case 30: 201 with ${name.replace('done, ', '')}: found by reading, not sent again`, () =>
      withRig({ write: 'allow' }, async rig => {
        meet(rig, 30, name, { match: NEW_POST })
        expectFine(await post(rig), POSTED)
        expect(rig.posts().length).toBe(1)
        expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
      }))
  }

  it('case 30: where reading does not tell either, the outcome is unknown and nothing is sent again', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 30, 'done, empty body', { match: NEW_POST })
      const readAfterwards = ({ method }: { method: string }) => method === 'GET' && rig.posts().length > 0
      meet(rig, 23, 'HTML page', { match: readAfterwards, times: FOREVER })
      const answer = await post(rig)
      expect(answer.text).toMatch(UNKNOWN)
      expect(rig.posts().length).toBe(1)
      expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
    }))

  it('case 42: a reset before anything was done: sent again at most once, under the same key', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 42, 'reset before the headers', { match: NEW_POST })
      expect((await post(rig)).text).toMatch(POSTED)
      expectOneIntention(rig)
    }))

  it('case 68: "another request is making the same post" is waited for, never a new key', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 68, '500 another request is making the same post', { match: NEW_POST })
      expect((await post(rig)).text).toMatch(/\[unknown_outcome|^(Already p|P)osted /)
      expectOneIntention(rig)
    }))

  it('case 68: so it is where the first request is still at work and its answer was cut off', () =>
    withRig({ write: 'allow' }, async rig => {
      meetOwn(rig, { kind: 'resetBeforeHeaders' }, { match: NEW_POST })
      meet(rig, 68, '500 another request is making the same post', { match: NEW_POST, times: FOREVER })
      expect((await post(rig)).text).toMatch(/\[unknown_outcome|^(Already p|P)osted /)
      expectOneIntention(rig)
    }))
})
