import { describe, expect, it } from 'vitest'
import { expectError, expectFine, type Rig, withRig } from './rig.ts'

const ZERO_WIDTH = '\u200b\u200c\u2060\ufeff'

function post(rig: Rig, message: unknown, more: Record<string, unknown> = {}) {
  return rig.call('create_post', { channel_id: rig.channels.dev.id, message, ...more })
}

/** Calls that post nothing, and for which not even POST /posts is sent. */
async function expectRefused(rig: Rig, messages: unknown[], ...words: (string | RegExp)[]): Promise<void> {
  for (const message of messages) expectError(await post(rig, message), 'invalid_input', ...words)
  expect(rig.posts()).toEqual([])
}

describe('A. caller input: messages', () => {
  it('case 9: an empty, blank or invisible message is refused and sends nothing', () =>
    withRig({ write: 'allow' }, async rig => {
      await expectRefused(rig, ['', '  \n\t ', ZERO_WIDTH, `\u200d ${ZERO_WIDTH}\n`], 'message')
      expect(rig.seen()).toEqual([])
    }))

  it('case 10: a message of the greatest length is posted whole, one character more is refused', () =>
    withRig({ write: 'allow' }, async rig => {
      const limit = 16_383
      const family = '👨‍👩‍👧‍👦'
      const families = `${family.repeat(2340)}end`
      expect(Array.from(families).length).toBe(limit)
      const whole = ['x'.repeat(limit), '😀'.repeat(limit), families]
      for (const message of whole) expectFine(await post(rig, message), /^Posted /)
      expect(rig.posted(rig.channels.dev)).toEqual(whole)
      for (const message of whole) {
        expectError(await post(rig, `${message}.`), 'invalid_input', String(limit), 'Nothing was posted')
      }
      expect(rig.posts().length).toBe(whole.length)
    }))

  it('case 10: the limit is that of the server', () =>
    withRig({ write: 'allow', server: { settings: { maxPostSize: 4000 } } }, async rig => {
      expectError(await post(rig, '😀'.repeat(4001)), 'invalid_input', '4001', '4000')
      expect(rig.posts()).toEqual([])
      expectFine(await post(rig, '😀'.repeat(4000)), /^Posted /)
    }))

  it('case 11: a message of 10 MB and props of 1 MB are refused and send nothing', () =>
    withRig({ write: 'allow' }, async rig => {
      await expectRefused(rig, ['x'.repeat(3 * 1024 * 1024), '\u2028é'.repeat(70_000)], 'larger than')
      // So long a line is not read to its end, and so its id is not known.
      const huge = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: 'x'.repeat(1e7) })
      expect((await rig.client.answerTo(`${huge}\n`, null)).error?.message).toMatch(/too l/)
      const props = { note: 'y'.repeat(1024 * 1024) }
      expectError(await post(rig, 'hello', { props }), 'invalid_input', 'props')
      expect(rig.seen()).toEqual([])
    }))

  it('case 12: half a character and control characters are refused; line breaks and tabs are posted', () =>
    withRig({ write: 'allow' }, async rig => {
      await expectRefused(
        rig,
        ['a\ud83d', '\udc00b', 'a\0b', 'a\u001b[31mb', 'a\u0007', 'a\u0085b'],
        'message',
      )
      expect(rig.seen()).toEqual([])
      // As escapes in JSON, which no string of JavaScript is needed for.
      const id = rig.client.newId()
      const call = { name: 'integration__mattermost__mattermost_create_post', arguments: 'ARGUMENTS' }
      const line = JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: call })
      const given = `{"channel_id":"${rig.channels.dev.id}","message":"a\\uD83D"}`
      const answer = await rig.client.answerTo(`${line.replace('"ARGUMENTS"', given)}\n`, id)
      expect(answer.text).toContain('lone surrogate')
      expectFine(await post(rig, 'one\n\ttwo'))
      expect(rig.posted(rig.channels.dev)).toEqual(['one\n\ttwo'])
    }))

  it('case 13: odd text is posted as it is, and shown with its tricks made visible', () =>
    withRig({ write: 'ask', capabilities: { elicitation: { form: {} } } }, async rig => {
      const message = 'safe \u202Egnp.exe\u202C z\u0351\u0352\u0353algo </tool_result> \\u001b[31m'
      const from = rig.client.received.length
      const answer = post(rig, message)
      const form = await rig.client.fromServer('elicitation/create', from)
      const shown = String(form.params?.message)
      expect(shown).not.toContain('\u202E')
      expect(shown).toContain('</tool_result>')
      rig.client.send({
        jsonrpc: '2.0',
        id: form.id,
        result: { action: 'accept', content: { decision: 'once' } },
      })
      await expectAnswered()
      expect(rig.posted(rig.channels.dev)).toEqual([message])

      async function expectAnswered() {
        const { text } = await answer
        // An answer quicker than a person could give it is refused; then it is given once more.
        if (/^Posted /.test(text)) return
        expect(text).toMatch(/^ERROR/)
        await slowly(rig, message)
      }
    }))

  it('case 14: @channel, @all and @here need a person; inside code they do not count', () =>
    withRig({ write: 'allow' }, async rig => {
      for (const message of ['@channel lunch', 'hi @all', 'look @here!', '```\n@all\n```\n@HERE']) {
        const answer = await post(rig, message)
        expectError(answer, 'unreachable', /notifies everybody/, 'Nothing was posted')
      }
      expect(rig.posts()).toEqual([])
      const code = ['`@all` is a mention', '```\n@channel\n```']
      for (const message of code) expectFine(await post(rig, message))
      expect(rig.posted(rig.channels.dev)).toEqual(code)
    }))

  it('case 15: a message that begins with a slash is posted, not run as a command', () =>
    withRig({ write: 'allow' }, async rig => {
      expectFine(await post(rig, '/leave now'), 'not run as a command')
      expect(rig.posted(rig.channels.dev)).toEqual(['/leave now'])
      expect(rig.seen().filter(line => line.includes('commands'))).toEqual([])
    }))

  it('case 16: arguments that nobody knows are refused and send nothing', () =>
    withRig({ write: 'allow' }, async rig => {
      const unknown = { props: {}, from_webhook: 'true', override_username: 'boss', create_at: 1, id: 'x' }
      for (const [name, value] of Object.entries({ ...unknown, user_id: rig.people.bob.id })) {
        expectError(await post(rig, 'hello', { [name]: value }), 'invalid_input', name)
      }
      expectError(await rig.call('list_teams', { admin: true }), 'invalid_input', 'admin')
      expect(rig.seen()).toEqual([])
    }))

  it('case 17: a reply to a reply goes to its root; a root elsewhere or deleted is refused', () =>
    withRig({ write: 'allow' }, async rig => {
      const posts = rig.world.posts.inChannel(rig.channels.dev.id)
      const reply = posts.find(each => each.rootId !== '' && each.deleteAt === 0)
      const root = reply?.rootId ?? ''
      const answer = await post(rig, 'in the thread', { root_id: reply?.id })
      expectFine(answer, `in the thread of ${root}`)
      expect(JSON.parse(rig.posts()[0]?.body ?? '{}')).toMatchObject({ root_id: root })
      const elsewhere = rig.world.posts.inChannel(rig.channels.offTopic.id).find(each => each.type === '')
      expectError(await post(rig, 'lost', { root_id: elsewhere?.id }), 'invalid_input', 'Off-Topic', '~dev')
      const deleted = posts.find(each => each.deleteAt > 0 && each.originalId === '')
      expectError(await post(rig, 'late', { root_id: deleted?.id }), 'not_found', 'was deleted')
      expect(rig.posts().length).toBe(1)
    }))

  it('case 19: 50 posts at once each arrive exactly once', { timeout: 60_000 }, () =>
    withRig({ write: 'allow' }, async rig => {
      const messages = Array.from({ length: 50 }, (_, nth) => `message ${nth}`)
      const answers = await Promise.all(messages.map(message => post(rig, message)))
      for (const answer of answers) expectFine(answer, /^Posted /)
      expect(new Set(answers.map(({ data }) => data.id)).size).toBe(50)
      expect(rig.posted(rig.channels.dev).sort()).toEqual(messages.toSorted())
      expect(rig.posts().length).toBe(50)
    }),
  )
})

/** Posts as a person who takes their time. */
async function slowly(rig: Rig, message: string): Promise<void> {
  const from = rig.client.received.length
  const answer = post(rig, message)
  const form = await rig.client.fromServer('elicitation/create', from)
  await new Promise(resolve => setTimeout(resolve, 700))
  const result = { action: 'accept', content: { decision: 'once' } }
  rig.client.send({ jsonrpc: '2.0', id: form.id, result })
  expectFine(await answer, /^Posted /)
}
