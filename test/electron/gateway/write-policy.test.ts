import { describe, expect, it } from 'vitest'
import { startReady } from '../../support/mcp/raw-client.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'

const post = { channel_id: '~town-square', message: 'Release 1.2 is out' }

function namesOf(list: { result?: Record<string, unknown> }): string[] {
  const { tools = [] } = (list.result ?? {}) as { tools?: { name: string }[] }
  return tools.map(({ name }) => name)
}

describe('deny', () => {
  it('lists the six tools that read', async () => {
    const names = namesOf(await (await startReady({ write: 'deny' })).request('tools/list'))
    expect(names).toHaveLength(6)
    expect(names.filter(name => /create/.test(name))).toEqual([])
  })

  it('is what holds when no policy is given', async () => {
    const town = await openTown()
    const client = await startReady({
      account: town.account,
      args: ['mcp:serve', '--integration=mattermost'],
    })
    expect(namesOf(await client.request('tools/list'))).toHaveLength(6)
    expect((await client.callTool('create_post', post)).result?.isError).toBe(true)
    expect(town.writes()).toEqual([])
  })

  it.each(['create_post', 'integration__mattermost__create_post'])(
    'refuses a call of %s, names the policy, and asks the server nothing',
    async name => {
      const town = await openTown()
      const client = await startReady({
        account: town.account,
        write: 'deny',
        capabilities: { elicitation: {} },
      })
      const answer = await client.callTool(name, post)
      expect(answer.result?.isError).toBe(true)
      expect(resultText(answer)).toMatch(/^ERROR: .*--write=deny.*\[blocked\]$/)
      expect(town.mattermost.requests.filter(({ path }) => !path.endsWith('/system/ping'))).toEqual([])
      expect(client.received.filter(({ method }) => method !== undefined)).toEqual([])
    },
  )

  it('refuses without an account too', async () => {
    const client = await startReady({ write: 'deny', env: { PATH: '/usr/bin' } })
    expect(resultText(await client.callTool('create_post', post))).toContain('[blocked]')
  })
})

describe('allow', () => {
  it('lists the seventh tool and posts exactly once', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account, write: 'allow' })
    expect(namesOf(await client.request('tools/list'))).toHaveLength(7)
    const answer = await client.callTool('create_post', post)
    expect(answer.result?.isError).toBeUndefined()
    expect(town.writes()).toEqual(['POST /api/v4/posts'])
    expect(town.posted()).toEqual([post.message])
    expect(answer.result).toMatchObject({ structuredContent: { channel: { name: 'town-square' } } })
  })

  it('posts once when the connection breaks after the server saved the post, and finds it by reading', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account, write: 'allow' })
    town.mattermost.faults.push({
      match: { method: 'POST', path: /\/posts$/ },
      at: 'afterHandler',
      fault: { kind: 'resetBeforeHeaders' },
    })
    const answer = await client.callTool('create_post', post)
    expect(resultText(answer)).toMatch(/^Posted /)
    expect(town.posted()).toEqual([post.message])
    expect(town.writes()).toHaveLength(1)
  })

  it('posts nothing for a call that was cancelled before it was sent', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account, write: 'allow' })
    const gate = town.mattermost.faults.hold({ path: /users\/me$/ })
    client.sendCall('create_post', post, 'cancelled')
    await gate.arrived
    client.cancel('cancelled')
    await client.request('ping')
    gate.release()
    await client.callTool('list_teams')
    expect((await client.settled()).filter(({ id }) => id === 'cancelled')).toEqual([])
    expect(town.writes()).toEqual([])
  })

  it.each(['@channel look', 'look, @here', '@ALL', '**@channel**', 'x\n> @all'])(
    'asks all the same for %j, and says so where nobody can be asked',
    async message => {
      const town = await openTown()
      const client = await startReady({ account: town.account, write: 'allow' })
      const answer = await client.callTool('create_post', { ...post, message })
      expect(resultText(answer)).toMatch(/notifies everybody.*\[unreachable\]$/)
      expect(town.writes()).toEqual([])
    },
  )

  it('does not ask for a wide mention inside code', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account, write: 'allow' })
    const message = 'type `@channel` for that'
    expect((await client.callTool('create_post', { ...post, message })).result?.isError).toBeUndefined()
    expect(town.posted()).toEqual([message])
  })
})

describe('ask', () => {
  it('lists the seventh tool', async () => {
    expect(namesOf(await (await startReady({ write: 'ask' })).request('tools/list'))).toHaveLength(7)
  })

  it.each([
    ['no capabilities', {}],
    ['elicitation of URLs only', { elicitation: { url: {} } }],
    ['an elicitation that is no object', { elicitation: true }],
    ['a form that is no object', { elicitation: { form: true } }],
  ])('says that nobody can be asked where the client has %s', async (_, capabilities) => {
    const town = await openTown()
    const client = await startReady({ account: town.account, write: 'ask', capabilities })
    const answer = await client.callTool('create_post', post)
    expect(resultText(answer)).toMatch(
      /^ERROR: Nobody could be asked: .*Nothing was posted\. \[unreachable\]$/,
    )
    expect(client.received.filter(({ method }) => method !== undefined)).toEqual([])
    expect(town.writes()).toEqual([])
  })

  it.each([
    ['an empty elicitation', { elicitation: {} }],
    ['forms', { elicitation: { form: {} } }],
    ['forms and URLs', { elicitation: { form: {}, url: {} } }],
  ])('asks where the client has %s', async (_, capabilities) => {
    const town = await openTown()
    const client = await startReady({ account: town.account, write: 'ask', capabilities })
    client.sendCall('create_post', post)
    expect((await client.fromServer('elicitation/create')).params).toMatchObject({ mode: 'form' })
  })
})
