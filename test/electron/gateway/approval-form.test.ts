import { describe, expect, it } from 'vitest'
import { asSlowAsAPerson, openForm, startAsking } from '../../support/mcp/asking.ts'
import { startReady } from '../../support/mcp/raw-client.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'

const once = { action: 'accept', content: { decision: 'once' } }

describe('the form', () => {
  it('shows place, author, server and the whole text, and its first choice is not to post', async () => {
    const town = await openTown()
    const { form } = await openForm(await startAsking(town), 'First line\nSecond line')
    const { message, requestedSchema } = form.params as { message: string; requestedSchema: unknown }
    expect(requestedSchema).toEqual({
      type: 'object',
      properties: {
        decision: {
          type: 'string',
          title: expect.any(String),
          enum: ['deny', 'once'],
          enumNames: ['Do not post', 'Post once'],
        },
      },
      required: ['decision'],
    })
    expect(message).toContain('~town-square')
    expect(message).toContain('@alice')
    expect(message).toContain(new URL(town.account.url).host)
    expect(message).toContain('> First line\n> Second line')
    expect(message.split('\n').length).toBeLessThanOrEqual(12)
    expect(JSON.stringify(form.params)).not.toContain('codex')
  })

  it('names a wide mention, under allow too', async () => {
    const town = await openTown()
    const client = await startAsking(town, 'allow')
    const { form, answer, outcome } = await openForm(client, 'Lunch, @channel!')
    expect(form.params?.message).toContain('Notifies everybody: @channel')
    answer(once)
    await outcome
    expect(town.posted()).toEqual(['Lunch, @channel!'])
  })

  it('is not shown for a text that does not fit in it, and the answer explains', async () => {
    const town = await openTown()
    const client = await startAsking(town)
    const message = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n')
    const answer = await client.callTool('create_post', { channel_id: '~town-square', message })
    expect(resultText(answer)).toMatch(/too long to be shown whole.*\[unreachable\]$/)
    expect(client.received.filter(({ method }) => method !== undefined)).toEqual([])
    expect(town.writes()).toEqual([])
  })

  it('makes visible what would not show', async () => {
    const { form } = await openForm(await startAsking(await openTown()), 'pay \u202e001\u200b now')
    expect(form.params?.message).toContain('pay ‹U+202E›001‹U+200B› now')
  })
})

describe('an answer that posts', () => {
  it('is accept with the value for it, once per form', async () => {
    const town = await openTown()
    const client = await startAsking(town)
    const { answer, outcome } = await openForm(client)
    answer(once)
    answer(once)
    expect(await outcome).toMatch(/^Posted /)
    expect((await openForm(client, 'another text')).form.id).toBeDefined()
    expect(town.posted()).toEqual(['Release 1.2 is out'])
    expect(town.writes()).toEqual(['POST /api/v4/posts'])
  })

  it('belongs to its own form', async () => {
    const town = await openTown()
    const client = await startAsking(town)
    const first = await openForm(client, 'first')
    const second = await openForm(client, 'second')
    second.answer(once)
    expect(await second.outcome).toMatch(/^Posted /)
    expect(town.posted()).toEqual(['second'])
    first.answer({ action: 'accept', content: { decision: 'deny' } })
    expect(await first.outcome).toMatch(/\[denied\]$/)
    expect(town.posted()).toEqual(['second'])
  })
})

describe('every other answer posts nothing', () => {
  it.each([
    ['accept with the value for no', { action: 'accept', content: { decision: 'deny' } }, /\[denied\]$/],
    ['accept without content', { action: 'accept' }, /\[denied\]$/],
    ['accept with an empty content', { action: 'accept', content: {} }, /\[denied\]$/],
    ['accept with null', { action: 'accept', content: null }, /^ERROR: /],
    ['accept with another value', { action: 'accept', content: { decision: 'yes' } }, /\[denied\]$/],
    ['accept with the shown name', { action: 'accept', content: { decision: 'Post once' } }, /\[denied\]$/],
    ['accept with a padded value', { action: 'accept', content: { decision: ' once' } }, /\[denied\]$/],
    ['accept with a list', { action: 'accept', content: { decision: ['once'] } }, /\[denied\]$/],
    ['accept with another field', { action: 'accept', content: { Decision: 'once' } }, /\[denied\]$/],
    ['an unknown action', { action: 'approve', content: { decision: 'once' } }, /^ERROR: /],
    ['no action', { content: { decision: 'once' } }, /^ERROR: /],
    [
      'accept by a model',
      { ...once, _meta: { approvals_reviewer: 'auto_review' } },
      /a model answer.*\[unreachable\]$/,
    ],
    ['decline at once', { action: 'decline' }, /by itself.*\[unreachable\]$/],
    ['decline at once with the value for it', { ...once, action: 'decline' }, /\[unreachable\]$/],
    ['cancel at once', { action: 'cancel' }, /by itself.*\[unreachable\]$/],
  ])('%s', async (_, result, text) => {
    const town = await openTown()
    const client = await startAsking(town)
    const { answer, outcome } = await openForm(client)
    answer(result)
    expect(await outcome).toMatch(text)
    expect(await outcome).toMatch(/nothing was posted/i)
    expect(town.writes()).toEqual([])
  })

  it.each([
    ['decline', { action: 'decline' }, /The person declined.*\[denied\]$/],
    ['cancel', { action: 'cancel' }, /closed without an answer.*\[cancelled\]$/],
  ])('%s after a while is a person’s', async (_, result, text) => {
    const town = await openTown()
    const { answer, outcome } = await openForm(await startAsking(town))
    await asSlowAsAPerson()
    answer(result)
    expect(await outcome).toMatch(text)
    expect(town.writes()).toEqual([])
  })

  it('an error of the client', async () => {
    const town = await openTown()
    const client = await startAsking(town)
    const { form, outcome } = await openForm(client)
    client.send({ jsonrpc: '2.0', id: form.id, error: { code: -32601, message: 'Method not found' } })
    expect(await outcome).toMatch(/failed to show the question.*\[unreachable\]$/)
    expect(town.writes()).toEqual([])
  })

  it.each([
    ['a null result', { result: null }],
    ['a text as result', { result: 'once' }],
    ['a text as error', { error: 'no' }],
    ['an error without a code', { error: { message: 'no' } }],
  ])('an answer that is none, %s, which ends the wait at once', { timeout: 5_000 }, async (_, member) => {
    const town = await openTown()
    const client = await startAsking(town)
    const { form, outcome } = await openForm(client)
    client.send({ jsonrpc: '2.0', id: form.id, ...member })
    expect(await outcome).toMatch(/\[unreachable\]$/)
    expect(town.writes()).toEqual([])
  })

  it.each([
    ['under an id that was not asked', 4711],
    ['under the id as text', '0'],
  ])('an approval %s', async (_, id) => {
    const town = await openTown()
    const client = await startAsking(town)
    const { answer, outcome } = await openForm(client)
    client.send({ jsonrpc: '2.0', id, result: once })
    await client.callTool('list_teams')
    expect(town.writes()).toEqual([])
    answer({ action: 'accept', content: { decision: 'deny' } })
    expect(await outcome).toMatch(/\[denied\]$/)
    expect(town.writes()).toEqual([])
  })

  it('an approval that comes after the call was cancelled; the form is withdrawn', async () => {
    const town = await openTown()
    const client = await startAsking(town)
    const { form, answer } = await openForm(client, 'too late', 'post')
    client.cancel('post')
    const withdrawn = await client.fromServer('notifications/cancelled')
    expect(withdrawn.params?.requestId).toBe(form.id)
    answer(once)
    await client.callTool('list_teams')
    expect((await client.settled()).filter(({ id }) => id === 'post')).toEqual([])
    expect(town.writes()).toEqual([])
  })
})

describe('while the form is open', () => {
  it('a client that gave a progress token, 0 too, hears of it; one that gave none does not', async () => {
    const town = await openTown()
    const client = await startAsking(town)
    const call = { name: 'integration__mattermost__mattermost_create_post' }
    const args = { channel_id: '~town-square', message: 'hello' }
    const other = { ...args, message: 'another text' }
    client.send(
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...call, arguments: other } },
      {
        jsonrpc: '2.0',
        id: 0,
        method: 'tools/call',
        params: { ...call, arguments: args, _meta: { progressToken: 0 } },
      },
    )
    const first = await client.fromServer('notifications/progress')
    expect(first.params).toEqual({ progressToken: 0, progress: 1, message: expect.stringMatching(/person/) })
    client.cancel(0)
    await client.callTool('list_teams')
    const all = client.received.filter(({ method }) => method === 'notifications/progress')
    expect(all).toHaveLength(1)
    expect(town.writes()).toEqual([])
  })

  it('pings and reads are answered', async () => {
    const town = await openTown()
    const client = await startAsking(town)
    await openForm(client)
    expect((await client.request('ping')).result).toEqual({})
    expect(resultText(await client.callTool('list_teams'))).toContain('engineering')
  })

  it('the first six outcomes read differently', async () => {
    const town = await openTown()
    const client = await startAsking(town)
    const texts: string[] = []
    const end = async (result: unknown, slow = false): Promise<void> => {
      const { answer, outcome } = await openForm(client)
      if (slow) await asSlowAsAPerson()
      answer(result)
      texts.push(await outcome)
    }
    await end({ action: 'decline' }, true)
    await end({ action: 'cancel' }, true)
    await end({ action: 'decline' })
    await end({ ...once, _meta: { approvals_reviewer: 'auto_review' } })
    const deny = await startReady({ account: town.account, write: 'deny' })
    const args = { channel_id: '~town-square', message: 'hello' }
    texts.push(resultText(await deny.callTool('create_post', args)))
    const formless = await startReady({ account: town.account, write: 'ask' })
    texts.push(resultText(await formless.callTool('create_post', args)))
    expect(new Set(texts).size).toBe(6)
    expect(town.writes()).toEqual([])
  })
})
