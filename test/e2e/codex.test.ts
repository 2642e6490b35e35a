import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { installCodex } from '../support/codex/install.ts'
import { call, kosmoEntry, namespace, ourTools, tool } from '../support/codex/kosmo-entry.ts'
import { outputsShown, toolsShown } from '../support/codex/model-request.ts'
import { runExec } from '../support/codex/run-exec.ts'
import { openTown, type Town } from './town.ts'

const readTools = [
  'get_channel',
  'get_current_user',
  'get_post',
  'list_channels',
  'list_posts',
  'list_teams',
].map(name => `${namespace}/${tool(name)}`)

const createPost = tool('create_post')
const post = { channel_id: '~town-square', message: 'Release 1.2 is out' }
const postIt = call('create_post', post)

describe('codex exec', () => {
  let town: Town

  beforeAll(async () => {
    await installCodex()
  }, 600_000)
  beforeEach(async () => {
    town = await openTown()
  })
  afterEach(() => town?.close())

  describe('with --write=deny', () => {
    it('offers its model the six reading tools and nothing else of ours', async () => {
      const run = await runExec({ server: kosmoEntry('deny', town.account), prompt: call('list_teams') })
      expect(ourTools(run.toolsSeen)).toEqual(readTools)
      expect(run.outputs).toEqual([expect.stringContaining('Engineering')])
      expect(run).toMatchObject({ exitCode: 0, outbound: [], leftovers: [] })
    })

    it('shows the model our names whole, within its limit', async () => {
      const run = await runExec({ server: kosmoEntry('ask', town.account), prompt: 'hello' })
      const ours = run.toolsSeen.filter(each => each.namespace === namespace)
      expect(ours.map(each => each.name)).toContain(createPost)
      // 128 characters since 0.156; a longer name is cut and hashed.
      for (const each of ours) expect(`${namespace}__${each.name}`.length).toBeLessThanOrEqual(128)
    })

    it('shows the model who wrote what in a channel that is named', async () => {
      const prompt = call('list_posts', { channel_id: '~town-square' })
      const run = await runExec({ server: kosmoEntry('deny', town.account), prompt })
      expect(run.outputs).toHaveLength(1)
      for (const { author, message } of town.said) {
        expect(run.outputs[0]).toContain(message)
        expect(run.outputs[0]).toContain(author)
      }
    })

    it('reads with credentials that Codex passes on from its own environment', async () => {
      const { url, token } = town.account
      const run = await runExec({
        server: kosmoEntry('deny', town.account, {
          env: {},
          envVars: ['MATTERMOST_URL', 'MATTERMOST_ACCESS_TOKEN'],
        }),
        env: { MATTERMOST_URL: url, MATTERMOST_ACCESS_TOKEN: token },
        prompt: call('get_current_user'),
      })
      expect(run.outputs).toEqual([expect.stringContaining(town.me)])
    })

    it('has nothing to post with, whatever the model calls', async () => {
      const server = kosmoEntry('deny', town.account, { approve: [createPost] })
      const run = await runExec({ server, prompt: postIt })
      expect(town.writes()).toEqual([])
      expect(run.outputs).toEqual([expect.stringContaining('unsupported call')])
    })
  })

  describe('with --write=allow', () => {
    it('posts exactly once', async () => {
      const server = kosmoEntry('allow', town.account, { approve: [createPost] })
      const run = await runExec({ server, prompt: postIt })
      expect(town.writes()).toEqual(['POST /api/v4/posts'])
      expect(town.posted()).toEqual([post.message])
      expect(run).toMatchObject({ exitCode: 0, outbound: [], leftovers: [] })
    })

    it('posts once under the default approval mode that our export writes', async () => {
      const server = kosmoEntry('allow', town.account, { toml: 'default_tools_approval_mode = "approve"' })
      await runExec({ server, prompt: postIt })
      expect(town.posted()).toEqual([post.message])
    })

    it('does not post again when the reply to a post is lost, and does not call it a failure', async () => {
      town.loseReplyToPost()
      const server = kosmoEntry('allow', town.account, { approve: [createPost] })
      const run = await runExec({ server, prompt: postIt })
      expect(town.posted()).toEqual([post.message])
      expect(run.outputs).toEqual([expect.not.stringMatching(/nothing was posted/i)])
    })

    it('posts nothing that notifies everybody, since exec has nobody to ask', async () => {
      const server = kosmoEntry('allow', town.account, { approve: [createPost] })
      const wide = call('create_post', { ...post, message: '@channel Release 1.2 is out' })
      const run = await runExec({ server, prompt: wide })
      expect(town.writes()).toEqual([])
      expect(run.outputs).toEqual([expect.stringContaining('Nothing was posted')])
    })

    it('posts nothing where Codex itself wants an approval that exec cannot get', async () => {
      const run = await runExec({ server: kosmoEntry('allow', town.account), prompt: postIt })
      expect(town.writes()).toEqual([])
      expect(run.outputs).toEqual([expect.stringContaining('requires approval')])
    })
  })

  describe('with --write=ask', () => {
    it.each([
      ['in its normal mode', []],
      ['in its full-access mode', ['--dangerously-bypass-approvals-and-sandbox']],
    ])('posts nothing %s, and the model is told that nobody could be asked', async (_, execArgs) => {
      const server = kosmoEntry('ask', town.account, { approve: [createPost] })
      const run = await runExec({ server, prompt: postIt, execArgs })
      expect(town.writes()).toEqual([])
      expect(run.outputs).toEqual([
        expect.stringMatching(/ERROR: Nobody could be asked.*Nothing was posted/s),
      ])
    })
  })

  describe('with a model that', () => {
    const prompt = call('list_posts', { channel_id: '~town-square' })

    it('has to search for tools finds ours by what they are for', async () => {
      const run = await runExec({
        server: kosmoEntry('deny', town.account),
        model: 'gpt-5.5',
        prompt: `SEARCH {"query":"read Mattermost channel messages"}\n${prompt}`,
      })
      expect(JSON.stringify(run.modelRequests[0]?.input)).toContain(`- ${namespace}: `)
      const found = run.modelRequests.at(-1)
      expect(found ? ourTools(toolsShown(found)) : []).toContain(`${namespace}/${tool('list_posts')}`)
      expect(found ? outputsShown(found).at(-1) : '').toContain(town.said[0]?.message)
    })

    it('writes code gets the same facts', async () => {
      const run = await runExec({
        server: kosmoEntry('deny', town.account),
        model: 'gpt-6.1-sol',
        prompt: `EXEC text(JSON.stringify(await tools.${namespace}__${tool('list_posts')}({ channel_id: '~town-square' })))`,
      })
      expect(run.outputs).toEqual([expect.stringContaining(town.said[0]?.message ?? '')])
    })
  })
})
