import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterEach(() => town.calm())
afterAll(() => town.close())

const ask = (post_id: unknown, args = {}) => town.toolsOf('alice').call('get_post', { post_id, ...args })
const get = async (post_id: string, args = {}) => dataOf(await ask(post_id, args))

function postSaying(text: string) {
  const post = town.world.posts.inChannel(town.channels.dev.id).find(known => known.message.includes(text))
  if (post === undefined) throw new Error(`nobody said ${text}`)
  return post
}

describe('get_post', () => {
  it('gives text, author, channel, link and both times', async () => {
    const plan = postSaying('Release plan')
    const { post, channel, next } = await get(plan.id)
    expect(channel).toMatchObject({ id: town.channels.dev.id, name: 'dev', team: 'eng', type: 'public' })
    expect(post).toEqual({
      id: plan.id,
      time: new Date(plan.createAt).toISOString(),
      updated: new Date(plan.updateAt).toISOString(),
      by: 'alice',
      text: plan.message,
      replies: 2,
      reactions: 'rocket 2',
      flags: 'pinned',
      link: `${town.mattermost.url}/eng/pl/${plan.id}`,
    })
    expect(next).toBeUndefined()
  })

  it('says the same in its lines', async () => {
    const plan = postSaying('Release plan')
    const text = textOf(await ask(plan.id))
    for (const fact of [
      'eng/dev',
      plan.id,
      'alice',
      'freeze on Wednesday',
      `/eng/pl/${plan.id}`,
      'rocket 2',
    ]) {
      expect(text).toContain(fact)
    }
    expect(text).toContain(new Date(plan.createAt).toISOString().slice(0, 10))
  })

  it('gives the attachments of a post without a text, whole', async () => {
    const build = town.world.posts
      .inChannel(town.channels.dev.id)
      .find(post => post.props.attachments !== undefined)
    const { post } = await get(build?.id ?? '')
    expect(post.attachments).toEqual(['Build 7\nfailed in **unit tests**\nbranch: main'])
  })

  it('gives long attachments whole beside a short text', async () => {
    const text = 'a line of the report. '.repeat(40).trim()
    const report = town.world.addPost(town.channels.dev, town.people.bob, 'hi', {
      props: { attachments: [{ title: 'Report', text }] },
    })
    expect((await get(report.id)).post.attachments).toEqual([`Report\n${text}`])
  })

  it('links a post of a direct channel by the address that needs no team', async () => {
    const [post] = town.world.posts.inChannel(town.channels.aliceBob.id)
    expect((await get(post?.id ?? '')).post.link).toBe(`${town.mattermost.url}/_redirect/pl/${post?.id}`)
  })

  it('gives a post of a public channel that was not joined', async () => {
    const post = town.world.posts.inChannel(town.channels.lounge.id).findLast(known => known.type === '')
    expect((await get(post?.id ?? '')).post.text).toBe('Coffee at three?')
  })

  it('takes permalinks, of teams and of _redirect', async () => {
    const { id } = postSaying('Release plan')
    for (const link of [
      `/eng/pl/${id}`,
      `/_redirect/pl/${id}`,
      `/eng/channels/dev/${id}`,
      `/eng/pl/${id}?x=1#y`,
    ]) {
      expect((await get(`${town.mattermost.url}${link}`)).post.id).toBe(id)
    }
    expect((await get(` ${id}\n`)).post.id).toBe(id)
  })

  it('says of a deleted post, an old version and an unknown one that there is none', async () => {
    const post = town.world.addPost(town.channels.dev, town.people.bob, 'v1')
    const old = town.world.posts.edit(post, 'v2')
    town.world.posts.delete(post, town.people.bob)
    for (const id of [post.id, old.id, 'x'.repeat(26)]) {
      expect(errorOf(await ask(id))).toMatch(/no such post.*\[not_found, HTTP 404, app\.post\.get\.app_error/)
    }
  })

  it('refuses a post of a private channel of others', async () => {
    const [secret] = town.world.posts.inChannel(town.channels.secret.id)
    expect(errorOf(await ask(secret?.id))).toContain('[forbidden, HTTP 403')
  })

  it.each([
    'x'.repeat(25),
    'x'.repeat(27),
    'X'.repeat(26),
    '٣'.repeat(26),
    '',
    null,
    42,
    ['x'.repeat(26)],
    '..',
    '../users/me',
    '%2e%2e',
    'a/../../users/me',
    'x?y=1',
    'x#f',
    '\\..\\users',
    'a%00b',
    '~dev',
    'https://',
  ])('refuses %j as a post without asking the server', async post_id => {
    expect(errorOf(await ask(post_id))).toMatch(/post_id.*\[invalid_input\]/s)
    expect(await town.asked()).toEqual([])
  })

  it('refuses a link to another host or port without asking anybody', async () => {
    const { id } = postSaying('Release plan')
    for (const base of [
      'https://evil.example',
      'http://127.0.0.1:1',
      town.mattermost.url.replace('127.0.0.1', 'localhost'),
    ]) {
      expect(errorOf(await ask(`${base}/eng/pl/${id}`))).toContain('not to this server')
    }
    expect(await town.asked()).toEqual([])
  })

  it('gives nothing more where an offset is beyond the end', async () => {
    const { post, next } = await get(postSaying('Release plan').id, { offset: 900_000 })
    expect(post.text).toBe('')
    expect(next).toBeUndefined()
  })

  it('refuses an answer with another post than asked', async () => {
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/posts\/[a-z0-9]{26}$/ },
      fault: { kind: 'changeJson', change: body => ({ ...(body as object), id: 'y'.repeat(26) }) },
    })
    expect(errorOf(await ask(postSaying('Release plan').id))).toContain('[bad_response]')
  })
})
