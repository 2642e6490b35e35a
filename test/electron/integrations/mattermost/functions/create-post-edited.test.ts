import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPostFunction } from '../../../../../electron/integrations/mattermost/functions/create-post.ts'
import { errorFault } from '../../../../support/mattermost/faults/case.ts'
import { type CreatePostWorld, openCreatePost } from '../../../../support/posting/open-create-post.ts'

let town: CreatePostWorld
let gateway: ReturnType<CreatePostWorld['open']>
beforeEach(async () => {
  town = await openCreatePost()
  gateway = town.open()
})
afterEach(() => town.close())

const never = new AbortController().signal
const POSTS = { method: 'POST', path: /\/api\/v4\/posts$/ }
const PAGE = { method: 'GET', path: /\/channels\/[a-z0-9]{26}\/posts$/ }
const dev = (message = 'proposed', idempotency_key?: string) => ({
  channel_id: town.dev.id,
  message,
  ...(idempotency_key !== undefined && { idempotency_key }),
})
const messages = () => town.rows().map(({ message }) => message)
const loseAnswers = (times = 9) =>
  town.mattermost.faults.push({
    match: POSTS,
    at: 'afterHandler',
    times,
    fault: { kind: 'resetBeforeHeaders' },
  })
const breakReads = () => town.mattermost.faults.push({ match: PAGE, times: 99, fault: errorFault(500, 'x') })
const unknown = { code: 'unknown_outcome' }
const edited = { duplicate: false, output: { edited: true, sent: 'what was meant' } }
const foundEdited = { duplicate: true, output: { edited: true, sent: 'what was meant', deduplicated: true } }

describe('a text that a person changed', () => {
  it('is what is sent and described, under the same key and mark', async () => {
    const write = await gateway.prepare(dev('proposed @all', 'k'))
    const other = await write.edited('what was meant @here', never)
    expect(other.key).toBe(write.key)
    expect(other.wideMentions).toEqual(['here'])
    expect(other.content).toEqual({ ...write.content, text: 'what was meant @here' })
    expect(await other.describe(never)).toMatchObject({
      text: 'what was meant @here',
      wideMentions: ['here'],
      notified: { upTo: true },
    })
    await other.send(never)
    const { service } = town.open()
    const [{ state } = { state: undefined }] = service.journal.list()
    expect(state).toMatchObject({ kind: 'posted', intent: { characters: 13, edited: { characters: 20 } } })
    expect(town.sent()).toMatchObject([
      { message: 'what was meant @here', props: { kosmokrator_mark: state?.intent.mark } },
    ])
    expect(messages()).toEqual(['what was meant @here'])
  })

  it('is told: that the person changed it, and what was posted', async () => {
    const { output, text } = await gateway.call(dev(), 'what was meant\nand more')
    expect(output).toMatchObject({
      edited: true,
      sent: 'what was meant\nand more',
      notes: ['The person changed the message before it was posted: "sent" is what was posted.'],
    })
    expect(createPostFunction.output.parse(output)).toEqual(output)
    expect(text).toMatch(/^Posted /)
    expect(text).toMatch(/The person changed the message[^\n]*\nAs posted: what was meant↵and more$/)
  })

  it('and put back as it was is not told as changed', async () => {
    const { output } = await gateway.call(dev(), 'proposed')
    expect(output).not.toHaveProperty('edited')
    expect(output).not.toHaveProperty('sent')
    expect(output).not.toHaveProperty('notes')
  })

  it('may be changed again: the last one counts', async () => {
    const write = await (await gateway.prepare(dev())).edited('first thought', never)
    await (await write.edited('what was meant', never)).send(never)
    expect(messages()).toEqual(['what was meant'])
    expect(await gateway.call(dev())).toMatchObject(foundEdited)
  })

  it.each([
    ['empty', '', 'is blank'],
    ['blank', ' \n\u200b', 'is blank'],
    ['too long', 'x'.repeat(16_384), 'at most 16383'],
    ['half a character', 'a\ud83d', 'half a character'],
    ['a control character', 'a\u0000b', 'U+0000'],
  ])('is refused where it is %s, and nothing is sent', async (_, text, why) => {
    const write = await gateway.prepare(dev())
    await expect(write.edited(text, never)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(why),
    })
    expect(town.sent()).toEqual([])
    await (await write.edited('what was meant', never)).send(never)
    expect(messages()).toEqual(['what was meant'])
  })

  it("is held to the server's own limit", async () => {
    town.mattermost.settings.maxPostSize = 4000
    const write = await gateway.prepare(dev())
    await expect(write.edited('x'.repeat(4001), never)).rejects.toMatchObject({ code: 'invalid_input' })
    await write.edited('x'.repeat(4000), never)
  })

  it('that begins with a slash, or that the server changes too, is told so', async () => {
    town.mattermost.settings.plugin = ({ message }) => ({ kind: 'change', message: `${message}!` })
    const { output } = await gateway.call(dev(), '/leave')
    expect(output.sent).toBe('/leave')
    expect(output.notes).toEqual([
      expect.stringContaining('The person changed'),
      expect.stringContaining('not run as a command'),
      expect.stringContaining('The server changed the text'),
    ])
  })

  it('shows in the lines what would not show', async () => {
    const { text, output } = await gateway.call(dev(), 'a\u202eb')
    expect(text).toContain('As posted: a‹U+202E›b')
    expect(output.sent).toBe('a\u202eb')
  })

  it.each([1_000, 2_000, 50_000])('is told as far as %d characters of a result hold it', async most => {
    const long = '"word"\n'.repeat(2_300)
    const one = town.open(most)
    for (const { output, text } of [
      await one.call(dev('/x', 'k'), `/${long}`),
      await one.call(dev('/x', 'k')),
    ]) {
      const whole = JSON.stringify({ content: [{ type: 'text', text }], structuredContent: output })
      expect(whole.length).toBeLessThanOrEqual(most)
      expect(output.edited).toBe(true)
      expect(output.notes?.[0]).toContain('get_post shows')
      if (output.sent !== undefined) expect(`/${long}`.startsWith(output.sent.slice(0, -1))).toBe(true)
    }
  })
})

describe('the same call again, after a person changed its text', () => {
  it.each([undefined, 'k'])('finds the post and says what was posted, with idempotency_key %s', async key => {
    expect(await gateway.call(dev('proposed', key), 'what was meant')).toMatchObject(edited)
    const again = await gateway.call(dev('proposed', key))
    expect(again).toMatchObject(foundEdited)
    expect(again.text).toMatch(/^Already posted /)
    expect(messages()).toEqual(['what was meant'])
    expect(town.sent()).toHaveLength(1)
  })

  it('in another process finds it too, an hour later', async () => {
    await gateway.call(dev('proposed', 'k'), 'what was meant')
    await town.clock.advance(3_600_000)
    expect(await town.open().call(dev('proposed', 'k'))).toMatchObject(foundEdited)
    expect(town.sent()).toHaveLength(1)
  })

  it('that a person changed to something else meanwhile posts nothing more', async () => {
    const [first, second] = [
      await gateway.prepare(dev('proposed', 'k')),
      await gateway.prepare(dev('proposed', 'k')),
    ]
    await (await first.edited('what was meant', never)).send(never)
    const { duplicate, result } = await (await second.edited('something else', never)).send(never)
    expect([duplicate, result.output]).toMatchObject([true, { edited: true, sent: 'what was meant' }])
    expect(messages()).toEqual(['what was meant'])
  })

  it('that was approved as it stands meanwhile tells of the post as it stands', async () => {
    const [first, second] = [
      await gateway.prepare(dev('proposed', 'k')),
      await gateway.prepare(dev('proposed', 'k')),
    ]
    await first.send(never)
    const { duplicate, result } = await (await second.edited('something else', never)).send(never)
    expect(duplicate).toBe(true)
    expect(result.output).not.toHaveProperty('edited')
    expect(messages()).toEqual(['proposed'])
  })

  it('with the text that was told as posted is the same post', async () => {
    await gateway.call(dev('proposed', 'k'), 'what was meant')
    const { duplicate, output } = await gateway.call(dev('what was meant', 'k'))
    expect(duplicate).toBe(true)
    expect(output).not.toHaveProperty('edited')
    await expect(gateway.call(dev('something else', 'k'))).rejects.toMatchObject({ code: 'invalid_input' })
    expect(town.sent()).toHaveLength(1)
  })

  it('says so where the post was changed or deleted since', async () => {
    await gateway.call(dev('proposed', 'k'), 'what was meant')
    const [row] = town.rows()
    if (row === undefined) throw new Error('nothing was posted')
    row.message = 'changed in the channel'
    const { output } = await gateway.call(dev('proposed', 'k'))
    expect(output).toMatchObject({
      edited: true,
      notes: [
        expect.stringContaining('get_post shows what is there now'),
        expect.stringContaining('posted before'),
      ],
    })
    expect(output).not.toHaveProperty('sent')
    town.world.posts.delete(row, town.alice)
    await expect(gateway.call(dev('proposed', 'k'))).rejects.toThrow('deleted since')
    expect(town.sent()).toHaveLength(1)
  })

  it('after a refusal asks again, and may be sent as it stood', async () => {
    town.mattermost.faults.push({ match: POSTS, fault: errorFault(403, 'api.context.permissions.app_error') })
    await expect(gateway.call(dev('proposed', 'k'), 'what was meant')).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { output, duplicate } = await gateway.call(dev('proposed', 'k'))
    expect(duplicate).toBe(false)
    expect(output).not.toHaveProperty('edited')
    expect((await town.open().call(dev('proposed', 'k'))).output).not.toHaveProperty('edited')
    expect(messages()).toEqual(['proposed'])
  })
})

describe('a changed text whose answer is lost', () => {
  it('is found by reading and sent once', async () => {
    loseAnswers()
    expect(await gateway.call(dev('proposed', 'k'), 'what was meant')).toMatchObject(edited)
    expect(await town.open().call(dev('proposed', 'k'))).toMatchObject(foundEdited)
    expect([messages(), town.sent().length]).toEqual([['what was meant'], 1])
  })

  it.each([
    ['the same key', 'k'],
    ['another key', 'other'],
  ])('and cannot be read is found by the next call with %s', async (_, key) => {
    loseAnswers()
    breakReads()
    await expect(gateway.call(dev('proposed', 'k'), 'what was meant')).rejects.toMatchObject(unknown)
    await expect(town.open().call(dev('proposed', key))).rejects.toMatchObject({ code: 'unavailable' })
    town.mattermost.faults.clear()
    for (const one of [town.open(), town.open()]) {
      expect(await one.call(dev('proposed', key))).toMatchObject(foundEdited)
    }
    expect([messages(), town.sent().length]).toEqual([['what was meant'], 1])
  })

  it('is found by a call whose text a person changes to the same', async () => {
    loseAnswers()
    breakReads()
    await expect(gateway.call(dev('proposed', 'k'), 'what was meant')).rejects.toMatchObject(unknown)
    town.mattermost.faults.clear()
    expect(await gateway.call(dev('reworded', 'other'), 'what was meant')).toMatchObject(foundEdited)
    expect(await town.open().call(dev('reworded', 'other'))).toMatchObject(foundEdited)
    const plain = await gateway.call(dev('what was meant', 'third'))
    expect(plain.duplicate).toBe(false)
    expect(messages()).toEqual(['what was meant', 'what was meant'])
  })

  it('is found by a call that proposes it, and told there as it stands', async () => {
    loseAnswers()
    breakReads()
    await expect(gateway.call(dev('proposed', 'k'), 'what was meant')).rejects.toMatchObject(unknown)
    town.mattermost.faults.clear()
    for (const one of [gateway, town.open()]) {
      const { duplicate, output } = await one.call(dev('what was meant', 'other'))
      expect(duplicate).toBe(true)
      expect(output).not.toHaveProperty('edited')
    }
    expect(town.sent()).toHaveLength(1)
  })
})
