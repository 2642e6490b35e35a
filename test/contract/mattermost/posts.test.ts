import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asker } from './asking.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
const ask = asker(() => workspace)
const UNKNOWN = 'xxxxxxxxxxxxxxxxxxxxxxxxxx'

type List = {
  order: string[]
  posts: Record<string, Record<string, unknown>>
  next_post_id: string
  prev_post_id: string
}

async function list(query = ''): Promise<List> {
  const reply = await ask(`/channels/${workspace.ids.channels.vault}/posts?${query}`)
  expect(reply.status).toBe(200)
  return JSON.parse(reply.text)
}

const ids: Record<'one' | 'two' | 'three' | 'four' | 'five', string> = {
  one: '',
  two: '',
  three: '',
  four: '',
  five: '',
}

// one, two, three (reply to one), four, five (reply to two), in a channel where nobody else writes.
beforeAll(async () => {
  workspace = await openWorkspace()
  ids.one = await workspace.say('alice', 'vault', 'one')
  ids.two = await workspace.say('alice', 'vault', 'two')
  ids.three = await workspace.say('alice', 'vault', 'three', ids.one)
  ids.four = await workspace.say('alice', 'vault', 'four')
  ids.five = await workspace.say('alice', 'vault', 'five', ids.two)
})
afterAll(() => workspace.close())

describe('pages', () => {
  it('are newest first; `posts` holds more than `order`', async () => {
    const page = await list('per_page=2')
    expect(page.order).toEqual([ids.five, ids.four])
    expect(Object.keys(page.posts).sort()).toEqual([ids.two, ids.four, ids.five].sort())
  })

  it('name the next newer and the next older post', async () => {
    const page = await list('per_page=2&page=1')
    expect([page.order, page.next_post_id, page.prev_post_id]).toEqual([
      [ids.three, ids.two],
      ids.four,
      ids.one,
    ])
    const far = await list('per_page=2&page=99')
    expect([far.order, far.next_post_id, far.prev_post_id]).toEqual([[], '', ''])
  })

  it('per_page: 0 is honoured, bad and negative are the default, so is a bad page', async () => {
    expect((await list('per_page=0')).order).toEqual([])
    for (const query of ['per_page=-1', 'per_page=abc', 'page=-1', 'page=abc']) {
      expect((await list(query)).order.slice(0, 5)).toEqual([ids.five, ids.four, ids.three, ids.two, ids.one])
    }
  })

  it('a page beyond 64 bits is 500', async () => {
    const path = `/channels/${workspace.ids.channels.vault}/posts?per_page=200&page=`
    expect((await ask(`${path}1000000000000`)).status).toBe(200)
    expect((await ask(`${path}50000000000000000`)).errorId()).toBe('app.post.get_root_posts.app_error')
  })

  it('reply_count is 0 in page mode unless skipFetchThreads, and right around a cursor', async () => {
    const counts = async (query: string) => {
      const { posts } = await list(query)
      return [ids.one, ids.two, ids.three].map(id => posts[id]?.reply_count)
    }
    expect(await counts('')).toEqual([0, 0, 0])
    expect(await counts('skipFetchThreads=true')).toEqual([1, 1, 1])
    expect(await counts(`before=${ids.five}`)).toEqual([1, 1, 1])
    expect(await counts('since=1')).toEqual([0, 0, 0])
    expect(await counts('since=1&skipFetchThreads=true')).toEqual([1, 1, 1])
  })

  it('the ETag is the same for every page', async () => {
    const path = `/channels/${workspace.ids.channels.vault}/posts`
    const etags = []
    for (const query of ['', '?per_page=1', '?page=3']) etags.push((await ask(path + query)).header('etag'))
    expect(new Set(etags).size).toBe(1)
    expect((await ask(`${path}?since=1`)).header('etag')).toBeUndefined()
  })

  it('collapsed threads show roots only, with their thread', async () => {
    const { order, posts } = await list('collapsedThreads=true')
    expect(order.slice(0, 3)).toEqual([ids.four, ids.two, ids.one])
    expect(posts[ids.one]).toMatchObject({
      reply_count: 1,
      is_following: true,
      participants: [{ username: '' }],
    })
    expect(posts[ids.four]).not.toHaveProperty('is_following')
  })
})

describe('cursors', () => {
  it('before and after exclude the cursor and name it on the near side', async () => {
    const before = await list(`before=${ids.four}&per_page=2`)
    expect([before.order, before.next_post_id, before.prev_post_id]).toEqual([
      [ids.three, ids.two],
      ids.four,
      ids.one,
    ])
    const after = await list(`after=${ids.two}&per_page=2`)
    expect([after.order, after.next_post_id, after.prev_post_id]).toEqual([
      [ids.four, ids.three],
      ids.five,
      ids.two,
    ])
  })

  it('an unknown cursor is an empty 200 that echoes it, a malformed one 400', async () => {
    const before = await list(`before=${UNKNOWN}`)
    expect([before.order, before.next_post_id, before.prev_post_id]).toEqual([[], UNKNOWN, ''])
    const after = await list(`after=${UNKNOWN}`)
    expect([after.order, after.next_post_id, after.prev_post_id]).toEqual([[], '', UNKNOWN])
    const bad = await ask(`/channels/${workspace.ids.channels.vault}/posts?before=abc`)
    expect([bad.status, bad.errorId()]).toEqual([400, 'api.context.invalid_body_param.app_error'])
  })

  it('since goes before after, after before before, before before page', async () => {
    expect((await list(`after=${ids.two}&before=${ids.five}&per_page=2`)).order).toEqual([
      ids.four,
      ids.three,
    ])
    expect((await list(`since=1&after=${ids.two}&per_page=1`)).order.length).toBeGreaterThan(1)
    expect((await list(`before=${ids.four}&per_page=1&page=0`)).order).toEqual([ids.three])
  })

  it('a deleted post still serves as a cursor', async () => {
    const gone = await workspace.say('alice', 'vault', 'gone')
    await workspace.remove('alice', gone)
    expect((await list(`before=${gone}&per_page=1`)).order).toEqual([ids.five])
  })

  it('posts of the same millisecond are passed over', async () => {
    const at = 1_600_000_000_000
    const [a, b] = [await workspace.sayAt('dev', 'same a', at), await workspace.sayAt('dev', 'same b', at)]
    const older = async (id: string) => {
      const reply = await ask(`/channels/${workspace.ids.channels.dev}/posts?before=${id}`)
      return (JSON.parse(reply.text) as List).order
    }
    expect(await older(a)).not.toContain(b)
    expect(await older(b)).not.toContain(a)
  })
})

describe('since', () => {
  it('shows edits with their old version, deleted rows, and posts that got a reaction', async () => {
    const edited = await workspace.say('alice', 'vault', 'befroe')
    const removed = await workspace.say('alice', 'vault', 'removed')
    const newest = await workspace.say('alice', 'vault', 'newest so far')
    const since = Number((await list('per_page=1')).posts[newest]?.create_at)
    await workspace.edit('alice', edited, 'before')
    await workspace.remove('alice', removed)
    await workspace.react('alice', ids.four, 'rocket')
    const { order, posts, next_post_id, prev_post_id } = await list(`since=${since}`)
    const old = Object.values(posts).find(post => post.original_id === edited)
    expect(old).toMatchObject({ message: '' })
    expect(Number(old?.delete_at)).toBeGreaterThan(0)
    expect(new Set(order)).toEqual(new Set([edited, String(old?.id), removed, ids.four]))
    expect(posts[removed]).toMatchObject({
      message: '',
      metadata: {},
      props: { deleteBy: workspace.ids.people.alice },
    })
    expect([next_post_id, prev_post_id]).toEqual(['', ''])
    expect((await ask(`/posts/${String(old?.id)}`)).status).toBe(404)
    expect((await ask(`/posts/${removed}`)).errorId()).toBe('app.post.get.app_error')
  })

  it('0 and negative are page mode, text and fractions are 400', async () => {
    expect((await list('since=0&per_page=1')).prev_post_id).not.toBe('')
    expect((await list('since=-5&per_page=1')).prev_post_id).not.toBe('')
    for (const since of ['abc', '1.5']) {
      expect((await ask(`/channels/${workspace.ids.channels.vault}/posts?since=${since}`)).status).toBe(400)
    }
  })
})

describe('threads', () => {
  const thread = async (id: string, query = '') =>
    JSON.parse((await ask(`/posts/${id}/thread?${query}`)).text) as List
  let root = ''
  let replies: string[] = []

  beforeEach(async () => {
    root = await workspace.say('alice', 'vault', 'root')
    replies = [
      await workspace.say('alice', 'vault', 'a', root),
      await workspace.say('alice', 'vault', 'b', root),
    ]
  })

  it('have the asked post twice in `order`, first and at its place', async () => {
    const [a, b] = [replies[0] ?? '', replies[1] ?? '']
    const asked = (await thread(b)).order
    expect(asked[0]).toBe(b)
    expect([...asked].sort()).toEqual([a, b, b, root].sort())
    expect((await thread(root, 'direction=down')).order).toEqual([root, root, a, b])
    expect((await thread(root, 'direction=up')).order).toEqual([root, b, a, root])
    expect((await thread(a, 'skipFetchThreads=true')).order).toEqual([a])
    expect((await thread(root, 'collapsedThreads=true')).order).toEqual([root, a, b])
  })

  it('come in pages from a post on', async () => {
    const at = Number((await thread(root)).posts[root]?.create_at)
    const page = await thread(root, `direction=down&perPage=1&fromPost=${root}&fromCreateAt=${at}`)
    expect([page.order, 'has_next' in page && page.has_next]).toEqual([[root, replies[0]], true])
  })

  it('refuse what they do not understand', async () => {
    for (const query of ['perPage=201', 'perPage=abc', 'direction=sideways', `fromPost=${root}`]) {
      const reply = await ask(`/posts/${root}/thread?${query}`)
      expect([reply.status, reply.errorId()]).toEqual([400, 'api.context.invalid_body_param.app_error'])
    }
    expect((await ask(`/posts/${root}/thread?perPage=-2`)).status).toBe(500)
  })

  it('a perPage of -1 closes the connection without a reply', async () => {
    await expect(ask(`/posts/${root}/thread?perPage=-1`)).rejects.toThrow()
    expect((await ask('/system/ping')).status).toBe(200)
  })
})
