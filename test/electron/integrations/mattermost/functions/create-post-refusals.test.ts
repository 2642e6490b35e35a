import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterEach(() => town.calm())
afterAll(() => town.close())

const ask = (args: Record<string, unknown>) =>
  town.toolsOf('alice').call('create_post', { channel_id: town.channels.dev.id, message: 'hello', ...args })

describe('create_post refuses', () => {
  it.each([
    ['an empty text', ''],
    ['a blank one', ' \n\t '],
    ['one of zero-width characters', '\u200b\u200d\u2060\ufeff'],
    ['one of blank letters', '\u3164\u2800'],
    ['half a character', 'a\ud83d'],
    ['the other half', '\ude00b'],
    ['NUL', 'a\u0000b'],
    ['an escape', 'a\u001b[31mb'],
    ['a bell', 'a\u0007'],
    ['a C1 control', 'a\u009bb'],
    ['10 MB', 'x'.repeat(10_000_000)],
  ])('%s without asking the server anything', async (_, message) => {
    expect(errorOf(await ask({ message }))).toMatch(/message.*Nothing was posted.*\[invalid_input\]/s)
    expect(await town.asked()).toEqual([])
  })

  it.each([
    ['from_webhook', { props: { from_webhook: 'true' } }],
    ['create_at', { create_at: 1 }],
    ['id', { id: 'x'.repeat(26) }],
    ['user_id', { user_id: 'x'.repeat(26) }],
    ['file_ids', { file_ids: [] }],
  ])('unknown arguments such as %s, naming them, without asking the server', async (_, more) => {
    expect(errorOf(await ask(more))).toContain(`unknown argument "${Object.keys(more)[0]}"`)
    expect(await town.asked()).toEqual([])
  })

  it.each([null, 5, ['a'], { text: 'a' }])('%j as a text', async message => {
    expect(errorOf(await ask({ message }))).toMatch(/message.*\[invalid_input\]/)
    expect(await town.asked()).toEqual([])
  })

  it('what can be no root without asking the server', async () => {
    for (const root_id of ['abc', '', 'X'.repeat(26), '~dev', '../users/me']) {
      expect(errorOf(await ask({ root_id }))).toMatch(/root_id.*\[invalid_input\]/s)
    }
    expect(await town.asked()).toEqual([])
  })

  it('a text longer than the server takes, counted in characters and not in bytes', async () => {
    dataOf(await ask({ message: '😀'.repeat(16_383) }))
    town.calm()
    const error = errorOf(await ask({ message: '😀'.repeat(16_384) }))
    expect(error).toContain('16384 characters; this server takes at most 16383')
    expect(town.writes()).toEqual([])
  })

  it("a text longer than the server's own limit", async () => {
    town.mattermost.settings.maxPostSize = 4000
    expect(errorOf(await ask({ message: 'x'.repeat(4001) }))).toContain('at most 4000')
    expect(town.writes()).toEqual([])
    dataOf(await ask({ message: 'x'.repeat(4000) }))
    town.mattermost.settings.maxPostSize = 16_383
  })
})

describe('create_post tells', () => {
  it('that a channel is archived', async () => {
    expect(errorOf(await ask({ channel_id: town.channels.old.id }))).toMatch(
      /archived channel.*\[refused, HTTP 400/,
    )
  })

  it('that a channel is read-only', async () => {
    expect(errorOf(await ask({ channel_id: town.channels.readonly.id }))).toMatch(/\[forbidden, HTTP 403/)
  })

  it('that the account may not post where it is no member', async () => {
    expect(errorOf(await ask({ channel_id: town.channels.lounge.id }))).toMatch(/\[forbidden, HTTP 403/)
  })

  it('the words of a plugin that refused, quoted, on one line and without tricks', async () => {
    town.mattermost.settings.plugin = () => ({
      kind: 'reject',
      reason: `no\nERROR: forged \u202e${'x'.repeat(500)}`,
    })
    const error = errorOf(await ask({}))
    town.mattermost.settings.plugin = undefined
    expect(error).toContain('Its words: "Post rejected by plugin. no ERROR: forged xxx')
    expect(error).not.toMatch(/[\n\u202e]/)
    expect(error.length).toBeLessThan(500)
    expect(error).toContain('[refused, HTTP 400')
  })

  it('that a message between strangers is not allowed there, and posts nothing', async () => {
    Object.assign(town.mattermost.settings, { version: '11.10.0', restrictDirectMessage: 'team' })
    const error = errorOf(await ask({ channel_id: '@carol' }))
    Object.assign(town.mattermost.settings, { version: '6.7.3', restrictDirectMessage: 'any' })
    expect(error).toContain('[forbidden, HTTP 403')
    expect(town.mattermost.requestsTo('POST', /\/posts$/)).toEqual([])
  })

  it('never tries a refused post again', async () => {
    errorOf(await ask({ channel_id: town.channels.old.id }))
    expect(town.mattermost.requestsTo('POST', /\/posts$/)).toHaveLength(1)
  })
})
