import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AskOptions, asker } from './asking.ts'
import { type ChannelName, openWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
const ask = asker(() => workspace)
const UNKNOWN = 'xxxxxxxxxxxxxxxxxxxxxxxxxx'

beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())

type Body = Record<string, unknown>

function post(body: Body, channel: ChannelName = 'dev', options: AskOptions = {}) {
  return ask('/posts', { ...options, body: { channel_id: workspace.ids.channels[channel], ...body } })
}

async function refusal(body: Body, channel?: ChannelName): Promise<[status: number, id: string]> {
  const reply = await post(body, channel)
  return [reply.status, reply.errorId()]
}

let keys = 0
const freshKey = (): string => `${workspace.ids.people.alice}:${Date.now()}:${keys++}`

describe('permission comes first', () => {
  it('an unknown channel, none at all and a foreign one are all 403', async () => {
    const denied = [403, 'api.context.permissions.app_error']
    expect(await refusal({ channel_id: UNKNOWN, message: 'x' })).toEqual(denied)
    expect(await refusal({ channel_id: 'abc', message: 'x' })).toEqual(denied)
    expect(await refusal({ channel_id: undefined, message: 'x' })).toEqual(denied)
    expect(await refusal({ message: 'x' }, 'secret')).toEqual(denied)
    expect(await refusal({ message: 'x' }, 'lounge')).toEqual(denied)
    expect((await ask('/posts', { body: 'null' })).status).toBe(403)
  })

  it('an archived channel is 400', async () => {
    expect(await refusal({ message: 'x' }, 'old')).toEqual([
      400,
      'api.post.create_post.can_not_post_to_deleted.error',
    ])
  })
})

describe('roots', () => {
  it('a reply, an unknown, a malformed or a deleted post is no root', async () => {
    const root = await workspace.say('alice', 'dev', 'root')
    const reply = await workspace.say('alice', 'dev', 'reply', root)
    const gone = await workspace.say('alice', 'dev', 'gone')
    await workspace.remove('alice', gone)
    for (const root_id of [reply, UNKNOWN, 'abc', gone]) {
      expect(await refusal({ message: 'x', root_id })).toEqual([
        400,
        'api.post.create_post.root_id.app_error',
      ])
    }
  })

  it('a root of another channel has an id of its own', async () => {
    const root_id = await workspace.say('alice', 'vault', 'elsewhere')
    expect(await refusal({ message: 'x', root_id })).toEqual([
      400,
      'api.post.create_post.channel_root_id.app_error',
    ])
  })

  it('a reply tells how many there are', async () => {
    const root_id = await workspace.say('alice', 'dev', 'root')
    expect((await post({ message: 'a', root_id })).json()).toMatchObject({ root_id, reply_count: 1 })
    expect((await post({ message: 'b', root_id })).json()).toMatchObject({ reply_count: 2 })
  })
})

describe('texts', () => {
  it('are counted in code points', async () => {
    const longest = Number((await ask('/config/client?format=old')).json().MaxPostSize)
    expect((await post({ message: '😀'.repeat(longest) })).status).toBe(201)
    expect(await refusal({ message: '😀'.repeat(longest + 1) })).toEqual([
      400,
      'model.post.is_valid.msg.app_error',
    ])
  })

  it('may be empty, blank, invisible or missing', async () => {
    for (const message of ['', '  \n', '\u200b', undefined])
      expect((await post({ message })).status).toBe(201)
  })

  it('NUL is 500 in text and props, other control characters stay', async () => {
    expect(await refusal({ message: 'a\0b' })).toEqual([500, 'app.post.save.app_error'])
    expect(await refusal({ message: 'x', props: { k: 'a\0b' } })).toEqual([500, 'app.post.save.app_error'])
    expect((await post({ message: 'a\u0001\u001b[31mb' })).json().message).toBe('a\u0001\u001b[31mb')
  })

  it('half a surrogate pair becomes U+FFFD', async () => {
    expect((await post({ message: 'a\ud83db' })).json().message).toBe('a\ufffdb')
  })

  it('a slash runs no command, hashtags are taken out, HTML is escaped on the wire', async () => {
    const reply = await post({ message: '/shrug #one #two <b>' })
    expect(reply.json()).toMatchObject({ message: '/shrug #one #two <b>', hashtags: '#one #two' })
    expect(reply.text).toContain('\\u003cb\\u003e')
  })
})

describe('bodies', () => {
  it('are read as Go reads them', async () => {
    const { dev } = workspace.ids.channels
    const trailing = await ask('/posts', {
      body: `{"channel_id":"${dev}","message":"trailing"}{"x":1} garbage`,
    })
    const twice = await ask('/posts', {
      body: `{"channel_id":"${dev}","message":"first","message":"second"}`,
    })
    expect([trailing.status, twice.json().message]).toEqual([201, 'second'])
    for (const body of ['nope', '', '[]', `{"channel_id":"${dev}","message":5}`]) {
      const reply = await ask('/posts', { body })
      expect([reply.status, reply.errorId()]).toEqual([400, 'api.context.invalid_body_param.app_error'])
    }
  })

  it('user_id, create_at and delete_at of a person are overruled; is_pinned, edit_at and reply_count are not', async () => {
    const odd = { user_id: workspace.ids.people.bob, create_at: 1_000_000_000_000, delete_at: 5 }
    const made = (await post({ message: 'odd', ...odd, is_pinned: true, edit_at: 5, reply_count: 7 })).json()
    expect(made).toMatchObject({
      user_id: workspace.ids.people.alice,
      delete_at: 0,
      is_pinned: true,
      edit_at: 5,
      reply_count: 7,
    })
    expect(Number(made.create_at)).toBeGreaterThan(1_500_000_000_000)
  })

  it('an id is refused, so are system types, unknown types and an eleventh file', async () => {
    const file_ids = Array.from({ length: 11 }, (_, nth) => UNKNOWN.slice(2) + String(nth + 10))
    expect(await refusal({ message: 'x', id: UNKNOWN })).toEqual([400, 'app.post.save.existing.app_error'])
    expect(await refusal({ message: 'x', type: 'system_generic' })).toEqual([
      400,
      'api.context.invalid_param.app_error',
    ])
    expect(await refusal({ message: 'x', type: 'weird' })).toEqual([
      400,
      'model.post.is_valid.type.app_error',
    ])
    expect(await refusal({ message: 'x', file_ids })).toEqual([400, 'model.post.is_valid.file_ids.app_error'])
    expect((await post({ message: 'x', file_ids: [UNKNOWN] })).json()).not.toHaveProperty('file_ids')
  })

  it('props of ours come back from every read, from an edited and from a deleted post', async () => {
    const props = { kosmo_key: 'k-1', list: [1, 'a', null] }
    const made = (await post({ message: 'with props', props }, 'vault')).json()
    const [id, at] = [String(made.id), Number(made.create_at)]
    const { vault } = workspace.ids.channels
    const read = async (query: string) => {
      const found = (await ask(`/channels/${vault}/posts?${query}`)).json().posts as Record<string, Body>
      return found[id]?.props
    }
    expect((await ask(`/posts/${id}`)).json().props).toEqual(props)
    expect([await read(''), await read(`since=${at - 1}`)]).toEqual([props, props])
    await workspace.edit('alice', id, 'edited')
    expect(await read('')).toEqual(props)
    await workspace.remove('alice', id)
    expect(await read(`since=${at - 1}`)).toEqual({ ...props, deleteBy: workspace.ids.people.alice })
  })
})

describe('pending_post_id', () => {
  it('again within 30 s is the first post, without pending_post_id and metadata', async () => {
    const pending_post_id = freshKey()
    const first = (await post({ message: 'once', pending_post_id })).json()
    const second = await post({ message: 'other text', pending_post_id }, 'vault')
    expect(first.pending_post_id).toBe(pending_post_id)
    expect(second.status).toBe(201)
    expect(second.json()).toMatchObject({ id: first.id, message: 'once', pending_post_id: '' })
    expect(second.json()).not.toHaveProperty('metadata')
  })

  it('is one for everybody: a stranger gets the private post of the first', async () => {
    const pending_post_id = freshKey()
    const first = (await post({ message: 'private', pending_post_id }, 'vault')).json()
    const second = await post({ message: 'by bob', pending_post_id }, 'dev', { as: 'bob' })
    expect(second.json()).toMatchObject({ id: first.id, message: 'private' })
  })

  it('of a deleted post is 500, again and again', async () => {
    const pending_post_id = freshKey()
    await workspace.remove('alice', String((await post({ message: 'x', pending_post_id })).json().id))
    for (let time = 0; time < 2; time++) {
      expect(await refusal({ message: 'x', pending_post_id })).toEqual([
        500,
        'api.post.deduplicate_create_post.failed_to_get',
      ])
    }
  })

  it('is dropped after an error', async () => {
    const pending_post_id = freshKey()
    expect((await post({ message: 'x', id: UNKNOWN, pending_post_id })).status).toBe(400)
    expect((await post({ message: 'now', pending_post_id })).json().message).toBe('now')
  })

  it('twenty at once save one post', async () => {
    const pending_post_id = freshKey()
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => post({ message: 'at once', pending_post_id })),
    )
    const made = replies.filter(reply => reply.status === 201).map(reply => reply.json().id)
    const others = replies.filter(reply => reply.status !== 201).map(reply => reply.errorId())
    expect(new Set(made).size).toBe(1)
    expect(others.every(id => id === 'api.post.deduplicate_create_post.pending')).toBe(true)
  })
})

describe('search', () => {
  const search = async (terms: string, more: Body = {}) => {
    const reply = await ask('/posts/search', { body: { terms, ...more } })
    return reply.json() as Body & { order: string[] }
  }

  it('finds words in channels one belongs to, and nothing on a second page', async () => {
    const mine = await workspace.say(
      'alice',
      'dev',
      'the needleword foo-bar-baz mail someone@example.test 🚀',
    )
    await workspace.say('bob', 'secret', 'another needleword')
    expect(await search('needleword')).toMatchObject({ order: [mine], matches: null })
    expect((await search('the needleword')).order).toEqual([mine])
    expect((await search('foo-bar-baz')).order).toEqual([mine])
    expect((await search('someone@example.test')).order).toEqual([])
    expect((await search('needleword', { page: 1 })).order).toEqual([])
  })

  it('bad queries find nothing, only empty ones are refused', async () => {
    for (const terms of ['(((', 'the', '"open', '& | ! : *', '🚀', '  '])
      expect((await search(terms)).order).toEqual([])
    expect((await ask('/posts/search', { body: { terms: '' } })).status).toBe(400)
  })
})
