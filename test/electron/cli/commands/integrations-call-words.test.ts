import { Readable } from 'node:stream'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { openSettings } from '../../../../electron/broker/settings-file.ts'
import { integrationsCallCommand } from '../../../../electron/cli/commands/integrations-call.ts'
import { integrationsProviderCommand } from '../../../../electron/cli/commands/integrations-provider.ts'
import { catalogue } from '../../../../electron/integrations/catalogue.ts'
import { withIntegration } from '../../../../shared/policy/settings.ts'
import { newCliHome } from '../../../support/cli/run-line.ts'
import { type CapturedIo, capturedIo } from '../../../support/terminal/captured-io.ts'

// Port 9 is nobody: what would be sent fails, and nothing in here is.
const ACCOUNT = { url: 'http://user:pa55word@127.0.0.1:9/chat/', token: 's3cr3ts3cr3ts3cr3t' }
const POST = ['--channel-id=~town-square', '--message=Hello there']

let home: ReturnType<typeof newCliHome>
let io: CapturedIo
beforeEach(() => {
  home = newCliHome(ACCOUNT)
})

type Told = { code: number; json(): Record<string, unknown> }

/** `kosmo integrations:call mattermost.<name> <args> --json` in this process. */
async function call(name: string, args: string[] = [], stdin: string | undefined = undefined): Promise<Told> {
  io = Object.assign(capturedIo(home.place), {
    variables: home.variables as Record<string, string>,
    stdin: Readable.from(stdin === undefined ? [] : [stdin]) as unknown as NodeJS.ReadStream,
  })
  const code = await integrationsCallCommand([`mattermost.${name}`, ...args, '--json'], io)
  expect(io.printed() + io.complained()).not.toMatch(/s3cr3t|pa55word/)
  return { code, json: () => JSON.parse(io.printed()) as Record<string, unknown> }
}

async function given(name: string, args: string[], stdin?: string): Promise<unknown> {
  const ran = await call(name, [...args, '--dry-run'], stdin)
  expect(ran.code, io.printed()).toBe(0)
  return (ran.json().data as { would_send: { arguments: unknown } }).would_send.arguments
}

describe('row 52: what fails before the call has two keys and ends with 1', () => {
  it.each([
    [['nope'], /^Unknown integration function: mattermost\.nope/],
    [['create_post', '--message=x'], /^Missing required parameter\(s\): channel_id$/],
    [
      ['create_post', '{"channel_id": "", "message": null}'],
      /^Missing required parameter\(s\): channel_id, message$/,
    ],
    [['list_posts', '{"channel_id":'], /^the payload is not JSON \(line 1, column \d+\)$/],
    [['list_posts', '[1]'], /^the payload is no JSON object/],
    [['get_current_user', '--account=work'], /missing required credentials for account 'work'/],
  ])('%j', async ([name = '', ...args], why) => {
    const ran = await call(name, args)
    expect(ran.code).toBe(1)
    expect(ran.json()).toEqual({ success: false, error: expect.stringMatching(why) })
  })

  it('a switched-off integration is not called', async () => {
    openSettings(home.place).change(settings => withIntegration(settings, 'mattermost', { enabled: false }))
    const ran = await call('list_teams')
    expect(ran.json()).toEqual({ success: false, error: expect.stringContaining('not active') })
  })
})

describe('row 52: arguments', () => {
  it('as JSON, as flags, as --arg, from stdin; flags go before JSON', async () => {
    const wanted = { per_page: 1, page: 2 }
    expect(await given('list_channels', ['{"per_page": 1, "page": 2}'])).toEqual(wanted)
    expect(await given('list_channels', ['--per-page=1', '--page', '2'])).toEqual(wanted)
    expect(await given('list_channels', ['--arg', 'per_page=1', '--arg=page=2'])).toEqual(wanted)
    expect(await given('list_channels', ['{"per_page": 50, "page": 2}', '--per-page=1'])).toEqual(wanted)
    expect(await given('list_channels', ['-'], '{"per_page": 1, "page": 2}')).toEqual(wanted)
    expect(await given('list_channels', [], '{"per_page": 1, "page": 2}')).toEqual(wanted)
    expect(await given('list_channels', ['--page=2'], '{"per_page": 1}')).toEqual(wanted)
    expect(await given('list_channels', ['{"per_page": 1, "page": 2}'], 'not JSON')).toEqual(wanted)
  })

  it('a message of digits stays text, and so does any other', async () => {
    const texts = fc.oneof(
      fc.constantFrom('007', 'true', '12.50', '{"a":1}', 'null', '--x', '=', 'a=b', '-'),
      fc.string({ minLength: 1, maxLength: 40 }),
    )
    await fc.assert(
      fc.asyncProperty(texts, async message => {
        const args = ['--channel-id=~town-square', `--message=${message}`]
        expect(await given('create_post', args)).toMatchObject({ message })
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    [['list_channels', '--per-page=many'], /per_page takes a whole number/],
    [['list_channels', '--per-pag=1'], /did you mean --per-page\?/],
    [['list_channels', 'a', 'b'], /too many words/],
    [['list_channels', '--page'], /--page needs a value/],
    [['list_channels', '--page=1', '--page=2'], /page is given twice/],
    [['list_channels', '--json=1'], /--json takes no value/],
    [['list_channels', '--account=../x'], /--account takes/],
    [['get_current_user', '--x=1'], /takes none/],
  ])('wrong usage ends with 2: %j', async ([name = '', ...args], why) => {
    const ran = await call(name, args)
    expect(ran.code).toBe(2)
    expect(ran.json()).toMatchObject({ success: false, error: expect.stringMatching(why) })
  })

  it('a function that is not named, and its help', async () => {
    io = capturedIo(home.place)
    expect(await integrationsCallCommand([], io)).toBe(2)
    expect(await integrationsCallCommand(['--help'], io)).toBe(0)
    expect(io.printed()).toContain('Exit codes:')
    io = capturedIo(home.place)
    expect(await integrationsCallCommand(['mattermost.list_posts', '--help'], io)).toBe(0)
    expect(io.printed()).toContain('channel_id')
  })
})

describe('row 52: --dry-run', () => {
  it('shows what would be sent and sends nothing', async () => {
    const ran = await call('create_post', [...POST, '--dry-run'])
    expect(ran.code).toBe(0)
    expect(ran.json()).toMatchObject({
      success: true,
      meta: { dry_run: true, operation: 'write' },
      data: {
        would_send: {
          function: 'mattermost.mattermost_create_post',
          account: 'default',
          server: 'http://127.0.0.1:9/chat',
          arguments: { channel_id: '~town-square', message: 'Hello there' },
        },
        decision: 'a person would be asked',
      },
    })
  })

  it('says what is refused and what does not fit, in the envelope', async () => {
    openSettings(home.place).change(settings => withIntegration(settings, 'mattermost', { write: 'deny' }))
    const denied = await call('create_post', [...POST, '--dry-run'])
    expect(denied).toMatchObject({ code: 1 })
    expect(denied.json()).toMatchObject({ success: false, error: expect.stringContaining('write=deny') })
    const wrong = await call('list_channels', ['{"page": "one"}', '--dry-run'])
    expect(wrong.json()).toMatchObject({ success: false, error: expect.stringMatching(/page must be/) })
  })
})

describe('row 52: integrations:mattermost', () => {
  const [mattermost] = catalogue

  it('without a function tells what there is, and knows both forms of a name', async () => {
    if (mattermost === undefined) throw new Error('no mattermost')
    io = capturedIo(home.place)
    expect(await integrationsProviderCommand(mattermost, [], io)).toBe(0)
    expect(io.printed()).toContain('mattermost_list_channels')
    for (const name of ['list_channels', 'mattermost_list_channels', 'mattermost.list_channels']) {
      io = Object.assign(capturedIo(home.place), { variables: home.variables as Record<string, string> })
      io.stdin = Readable.from([]) as unknown as NodeJS.ReadStream
      expect(await integrationsProviderCommand(mattermost, [name, '{}', '--dry-run', '--json'], io)).toBe(0)
      expect(JSON.parse(io.printed())).toMatchObject({ function: 'mattermost.mattermost_list_channels' })
    }
    io = capturedIo(home.place)
    expect(await integrationsProviderCommand(mattermost, ['nope', '--json'], io)).toBe(1)
    expect(JSON.parse(io.printed())).toMatchObject({ success: false })
  })
})
