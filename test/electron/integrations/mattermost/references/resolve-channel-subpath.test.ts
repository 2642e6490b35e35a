import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTools } from '../../../../support/tools/open-tools.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf } from '../../../../support/tools/outputs.ts'

let town: Town
let post: string
beforeAll(async () => {
  town = await openTown({ subpath: '/mm' })
  post = town.world.posts.inChannel(town.channels.vault.id)[0]?.id ?? ''
})
afterAll(() => town.close())

describe('a server below a subpath', () => {
  it('is read and posted to below it', async () => {
    const { posts } = dataOf(await town.tools.call('list_posts', { channel_id: '~vault' }))
    expect(posts.length).toBeGreaterThan(0)
    const { id, link } = dataOf(await town.tools.call('create_post', { channel_id: '~vault', message: 'hi' }))
    expect(link).toBe(`${town.mattermost.url}/eng/pl/${id}`)
    expect(town.mattermost.requests.every(({ path }) => path.startsWith('/mm/api/v4/'))).toBe(true)
  })

  it('has links with the subpath, and refuses those without or with another', async () => {
    const origin = new URL(town.mattermost.url).origin
    expect(
      dataOf(await town.tools.call('get_post', { post_id: `${origin}/mm/eng/pl/${post}` })).post.id,
    ).toBe(post)
    town.calm()
    for (const wrong of [
      `${origin}/eng/pl/${post}`,
      `${origin}/mmx/eng/pl/${post}`,
      `${origin}/mm/../eng/pl/${post}`,
    ]) {
      expect(errorOf(await town.tools.call('get_post', { post_id: wrong }))).toContain('not to this server')
      expect(errorOf(await town.tools.call('list_posts', { channel_id: wrong }))).toContain(
        'not to this server',
      )
    }
    expect(await town.asked()).toEqual([])
  })

  it('is told apart from its root by the redirect, which is not followed', async () => {
    const url = new URL(town.mattermost.url).origin
    const tools = openTools({ url, token: town.world.token(town.people.alice) })
    const error = errorOf(await tools.call('get_current_user'))
    expect(error).toContain('Redirects are not followed')
    expect(error).toContain('with its subpath')
    town.calm()
    errorOf(await tools.call('create_post', { channel_id: '~vault', message: 'lost' }))
    expect((await town.asked()).filter(line => line.startsWith('POST'))).toEqual([])
  })

  it('is set up from an address of a page below it', async () => {
    const url = `${town.mattermost.url}/eng/channels/dev/`
    const tools = openTools({ url, token: town.world.token(town.people.alice) })
    expect(dataOf(await tools.call('get_current_user')).server).toBe(town.mattermost.url)
  })
})
