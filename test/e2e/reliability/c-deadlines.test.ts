import { describe, expect, it } from 'vitest'
import { FOREVER, ME, type Meeting, meet, NEW_POST } from './fault.ts'
import { expectError, type Rig, type RigOptions, withRig } from './rig.ts'

type Slow = {
  number: number
  name: string
  options: RigOptions
  meeting: Meeting
  test: (rig: Rig) => Promise<void>
}

const reads = async (rig: Rig): Promise<void> => {
  expectError(await rig.call('get_current_user'), 'timeout', 'did not answer within')
  expect(rig.seen()).toEqual(['GET /users/me'])
}

const posts = async (rig: Rig): Promise<void> => {
  const answer = await rig.call('create_post', { channel_id: rig.channels.dev.id, message: 'hello' })
  expect(answer.text).toMatch(/\[unknown_outcome|^(Already p|P)osted /)
  expect(rig.posts().length).toBe(1)
  expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
}

// All at once: each waits for the same twenty seconds.
const SLOW: Slow[] = [
  { number: 46, name: 'one byte every 200 ms', options: {}, meeting: { match: ME }, test: reads },
  { number: 46, name: 'header line without an end', options: {}, meeting: { match: ME }, test: reads },
  { number: 47, name: 'never answers', options: {}, meeting: { match: ME, times: FOREVER }, test: reads },
  {
    number: 46,
    name: 'one byte every 200 ms',
    options: { write: 'allow' },
    meeting: { match: NEW_POST },
    test: posts,
  },
  {
    number: 47,
    name: 'done, never answers',
    options: { write: 'allow' },
    meeting: { match: NEW_POST },
    test: posts,
  },
]

describe.concurrent('C. deadlines', () => {
  for (const { number, name, options, meeting, test } of SLOW) {
    const what = test === posts ? 'after a post: it was posted once' : 'in a read: given up in time'
    it(`case ${number}: ${name.replace('done, ', '')}, ${what}`, { timeout: 90_000 }, () =>
      withRig(options, async rig => {
        meet(rig, number, name, meeting)
        const answer = test(rig)
        // Whoever waits for one answer still answers others.
        expect((await rig.client.request('ping')).result).toEqual({})
        await answer
      }),
    )
  }

  it('case 47: a server that closes without a byte after a post: it was posted once', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 47, 'done, closes without a byte', { match: NEW_POST })
      await posts(rig)
    }))
})
