import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppServer, type AppServerOptions, startAppServer } from '../support/codex/app-server.ts'
import { decide, type ElicitationAnswer } from '../support/codex/elicitation.ts'
import { installCodex } from '../support/codex/install.ts'
import { call, kosmoEntry, serverName, tool } from '../support/codex/kosmo-entry.ts'
import { outputsShown } from '../support/codex/model-request.ts'
import { openTown, type Town } from './town.ts'

const createPost = tool('create_post')
const post = { channel_id: '~town-square', message: 'Release 1.2 is out' }
const postIt = call('create_post', post)

describe('codex app-server', () => {
  let town: Town
  let codex: AppServer

  beforeAll(async () => {
    await installCodex()
  }, 600_000)
  beforeEach(async () => {
    town = await openTown()
  })
  afterEach(async () => {
    await codex?.close()
    await town?.close()
  })

  async function start(
    write: 'deny' | 'ask' | 'allow',
    onElicitation?: AppServerOptions['onElicitation'],
  ): Promise<AppServer> {
    const server = kosmoEntry(write, town.account, { approve: [createPost] })
    codex = await startAppServer({ server, ...(onElicitation ? { onElicitation } : {}) })
    return codex
  }

  function shownLast(): string {
    const last = codex.model.requests.at(-1)
    return (last && outputsShown(last).at(-1)) ?? ''
  }

  it('sees the server ready with its tools, from its own settings', async () => {
    await start('deny')
    expect(await codex.serverStatus()).toMatchObject([{ name: serverName, tools: { length: 6 } }])
    expect(await codex.readServers()).toHaveProperty(serverName)
    expect(await codex.close()).toEqual([])
  })

  it('passes on our refusal, with the policy that it comes from', async () => {
    await start('deny')
    const result = await codex.callTool(createPost, post)
    expect(result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^ERROR: .*--write=deny/s) }],
    })
    expect(town.writes()).toEqual([])
  })

  it('posts exactly once when the person picks "once"', async () => {
    await start('ask', () => decide('once'))
    await codex.turn(postIt)
    expect(codex.elicitations).toHaveLength(1)
    expect(town.writes()).toEqual(['POST /api/v4/posts'])
    expect(town.posted()).toEqual([post.message])
    expect(shownLast()).not.toContain('ERROR')
  })

  it('shows a form that nobody approves by accident', async () => {
    await start('ask', () => decide('deny'))
    await codex.turn(postIt)
    const [form] = codex.elicitations
    expect(form).toMatchObject({
      serverName,
      mode: 'form',
      requestedSchema: {
        required: ['decision'],
        properties: {
          decision: {
            enum: expect.arrayContaining(['deny', 'once']),
            enumNames: expect.arrayContaining(['Do not post']),
          },
        },
      },
    })
    expect(form).toHaveProperty('requestedSchema.properties.decision.enumNames.0', 'Do not post')
    expect(form).toHaveProperty('requestedSchema.properties.decision.enum.0', 'deny')
    expect(form?.message.split('\n').length).toBeLessThanOrEqual(12)
    expect(form?.message).toContain('~town-square')
    expect(form?.message).toContain(`@${town.me}`)
    expect(form?.message).toContain(post.message)
    expect(Object.keys(form?._meta ?? {}).filter(key => key.startsWith('codex'))).toEqual([])
  })

  const refusals: [string, ElicitationAnswer][] = [
    ['picks "deny"', decide('deny')],
    ['declines', { action: 'decline' }],
    ['cancels', { action: 'cancel' }],
    ['accepts without a choice', { action: 'accept', content: {} }],
    ['accepts with a word that was not offered', decide('yes')],
    ['declines with the word for posting', { action: 'decline', content: { decision: 'once' } }],
  ]

  it.each(refusals)('posts nothing when the person %s', async (_, answer) => {
    await start('ask', () => answer)
    await codex.turn(postIt)
    expect(codex.elicitations).toHaveLength(1)
    expect(town.writes()).toEqual([])
    expect(shownLast()).toMatch(/ERROR: .*nothing was posted/is)
  })

  it('asks even with --write=allow before everybody is notified', async () => {
    await start('allow', () => decide('once'))
    await codex.turn(call('create_post', { ...post, message: '@channel Release 1.2 is out' }))
    expect(codex.elicitations).toMatchObject([{ message: expect.stringContaining('@channel') }])
    expect(town.posted()).toEqual(['@channel Release 1.2 is out'])
  })

  it('asks again for the second of two equal posts', async () => {
    await start('ask', () => decide('once'))
    await codex.turn(`${postIt}\n${postIt}`)
    expect(codex.elicitations).toHaveLength(2)
  })

  it('posts nothing when the turn is interrupted before the person agrees', async () => {
    const shown = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<ElicitationAnswer>()
    await start('ask', () => {
      shown.resolve()
      return answer.promise
    })
    const turn = codex.turn(postIt)
    await Promise.race([shown.promise, turn])
    expect(codex.elicitations).toHaveLength(1)
    await codex.interrupt()
    await turn
    answer.resolve(decide('once'))
    // A later call, which asks the server more than a post would, is answered after the late answer came.
    await codex.callTool(tool('list_posts'), { channel_id: post.channel_id })
    expect(town.writes()).toEqual([])
  })

  it('leaves no process behind when it is killed while a form is open', async () => {
    const shown = Promise.withResolvers<void>()
    await start('ask', () => {
      shown.resolve()
      return new Promise(() => undefined)
    })
    await Promise.race([shown.promise, codex.turn(postIt)])
    expect(codex.elicitations).toHaveLength(1)
    await codex.kill()
    expect(await codex.close()).toEqual([])
    expect(town.writes()).toEqual([])
  })
})
