import { writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openSettings } from '../../../../electron/broker/settings-file.ts'
import { integrationsDocsCommand } from '../../../../electron/cli/commands/integrations-docs.ts'
import { integrationsExamplesCommand } from '../../../../electron/cli/commands/integrations-examples.ts'
import { integrationsFieldsCommand } from '../../../../electron/cli/commands/integrations-fields.ts'
import { integrationsListCommand } from '../../../../electron/cli/commands/integrations-list.ts'
import { integrationsSchemaCommand } from '../../../../electron/cli/commands/integrations-schema.ts'
import { integrationsSearchCommand } from '../../../../electron/cli/commands/integrations-search.ts'
import { integrationsStatusCommand } from '../../../../electron/cli/commands/integrations-status.ts'
import { withAccount, withIntegration } from '../../../../shared/policy/settings.ts'
import { newCliHome } from '../../../support/cli/run-line.ts'
import { type CapturedIo, capturedIo } from '../../../support/terminal/captured-io.ts'

const COMMANDS = {
  list: integrationsListCommand,
  status: integrationsStatusCommand,
  search: integrationsSearchCommand,
  fields: integrationsFieldsCommand,
  docs: integrationsDocsCommand,
  examples: integrationsExamplesCommand,
  schema: integrationsSchemaCommand,
}

const NAMES = [
  'list_channels',
  'get_channel',
  'create_post',
  'list_posts',
  'get_post',
  'list_teams',
  'get_current_user',
]

const FUNCTION_KEYS = [
  'provider',
  'function',
  'name',
  'slug',
  'title',
  'description',
  'operation',
  'active',
  'configured',
  'accounts',
  'auth',
  'auth_strategy',
  'host_availability',
  'runtime_requirements',
  'compatibility',
  'compatibility_summary',
  'cli_setup_supported',
  'cli_runtime_supported',
  'input_schema',
]

const ENVIRONMENT = { MATTERMOST_URL: 'https://chat.example.org', MATTERMOST_ACCESS_TOKEN: 's3cr3ts3cr3t' }

let place: string
let io: CapturedIo
beforeEach(() => {
  place = newCliHome().place
  io = capturedIo(place)
  onTestFinished(() => expect(io.printed() + io.complained()).not.toContain('s3cr3t'))
})

/** Runs `kosmo integrations:<line>`. */
function run(line: string, variables: Record<string, string> = {}): Promise<number> {
  const [name = '', ...args] = line.split(' ')
  io = { ...capturedIo(place), variables: { KOSMO_HOME: place, ...variables } }
  return COMMANDS[name as keyof typeof COMMANDS](args, io)
}

async function json(line: string, variables?: Record<string, string>, code = 0): Promise<Json> {
  expect(await run(line, variables)).toBe(code)
  expect(io.complained()).toBe('')
  return JSON.parse(io.printed()) as Json
}

// biome-ignore lint/suspicious/noExplicitAny: what a script would see, any key of it
type Json = any

describe('row 49: integrations:list', () => {
  it('has every key, and every function with its schema', async () => {
    const told = await json('list --json', ENVIRONMENT)
    expect(Object.keys(told)).toEqual(['success', 'providers'])
    expect(told.success).toBe(true)
    const { mattermost } = told.providers
    expect(Object.keys(mattermost)).toEqual(
      expect.arrayContaining([
        'active',
        'configured',
        'auth_strategy',
        'cli_setup_supported',
        'cli_runtime_supported',
        'compatibility_summary',
        'functions',
      ]),
    )
    expect(mattermost).toMatchObject({ active: true, configured: true, auth_strategy: 'bearer_token' })
    expect(mattermost.functions.map(({ name }: Json) => name)).toEqual(
      NAMES.map(name => `mattermost.mattermost_${name}`),
    )
    for (const each of mattermost.functions) {
      expect(Object.keys(each).sort()).toEqual([...FUNCTION_KEYS].sort())
      expect(each.input_schema).toMatchObject({ type: 'object', properties: {}, required: expect.any(Array) })
    }
  })

  it('says of what is not set up that it is inactive', async () => {
    const told = await json('list --json')
    expect(told.providers.mattermost).toMatchObject({ active: false, configured: false })
    expect(await run('list')).toBe(0)
    expect(io.printed()).toMatch(/mattermost +inactive +mattermost_create_post +write/)
  })
})

describe('row 49: integrations:status', () => {
  it('has accounts, the number of functions and what is permitted', async () => {
    const account = { store: 'file', url: 'https://b.example.org', changedAt: '2026-01-01' } as const
    openSettings(place).change(settings =>
      withAccount(withIntegration(settings, 'mattermost', { write: 'deny' }), 'mattermost', 'work', account),
    )
    const told = await json('status --json', ENVIRONMENT)
    expect(told).toMatchObject({
      success: true,
      providers: {
        mattermost: {
          active: true,
          configured: true,
          accounts: ['default', 'work'],
          functions: 7,
          auth_strategy: 'bearer_token',
          permissions: { read: 'allow', write: 'deny' },
        },
      },
    })
    expect((await json('status --json')).providers.mattermost).toMatchObject({
      configured: false,
      accounts: ['work'],
    })
    expect(await run('status')).toBe(0)
    expect(io.printed()).toMatch(/mattermost +no +no +work +read allow, write deny +7/)
  })

  it('fails where the settings cannot be read', async () => {
    openSettings(place).change(settings => settings)
    writeFileSync(`${place}/settings.json`, '{')
    const told = await json('status --json', {}, 1)
    expect(told).toEqual({ success: false, error: expect.stringContaining('settings.json') })
  })
})

describe('row 49: integrations:search', () => {
  it('finds by name, title and description, best first, at most twenty', async () => {
    const told = await json('search list channels --json')
    expect(told).toMatchObject({ success: true, query: 'list channels' })
    expect(told.functions[0].name).toBe('mattermost.mattermost_list_channels')
    expect(Object.keys(told.functions[0]).sort()).toEqual([...FUNCTION_KEYS].sort())
    expect((await json('search Mattermost --json')).functions).toHaveLength(7)
    expect((await json('search nothingofthekind --json')).functions).toEqual([])
  })
})

describe('row 49: integrations:fields', () => {
  it('says what an account consists of, and never a value', async () => {
    const told = await json('fields mattermost --json')
    expect(Object.keys(told)).toEqual(
      expect.arrayContaining([
        'success',
        'provider',
        'account',
        'accounts',
        'cli_setup_supported',
        'cli_runtime_supported',
        'auth_strategy',
        'compatibility_summary',
        'fields',
        'example',
      ]),
    )
    expect(told).toMatchObject({ success: true, provider: 'mattermost', account: 'default', accounts: [] })
    const [url, token] = told.fields
    expect(url).toMatchObject({ key: 'url', label: 'Server URL', type: 'url', configured: false })
    expect(token).toMatchObject({ key: 'access_token', type: 'secret', required: true, configured: false })
    expect(token.description).toEqual(expect.any(String))
  })

  it('row 26: shows which of the environment and the store counts, and for whom', async () => {
    const told = await json('fields mattermost --json', ENVIRONMENT)
    expect(told.precedence).toEqual(['environment', 'stored'])
    expect(told.source).toBe('environment')
    expect(told.fields[1]).toMatchObject({
      configured: true,
      source: 'environment',
      variable: 'MATTERMOST_ACCESS_TOKEN',
    })
    expect((await json('fields mattermost --account=work --json', ENVIRONMENT)).source).toBeNull()
    // A part of an account is none.
    expect(
      (await json('fields mattermost --json', { MATTERMOST_URL: 'https://x.example' })).source,
    ).toBeNull()
    expect(await run('fields mattermost', ENVIRONMENT)).toBe(0)
    expect(io.printed()).toMatch(/access_token +Access Token +secret +yes +environment/)
    expect(io.printed()).toContain('variables count where they name a whole account')
  })
})

describe('rows 10 and 49: integrations:docs, examples and schema', () => {
  it.each(NAMES)('row 10: %s by its long and its short name', async name => {
    const names = [`mattermost.mattermost_${name}`, `mattermost.${name}`]
    const [long, short] = [await json(`docs ${names[0]} --json`), await json(`docs ${names[1]} --json`)]
    expect(long).toEqual(short)
    expect(long).toMatchObject({ name: names[0], slug: `mattermost_${name}` })
    expect(await json(`schema ${names[0]} --json`)).toEqual(await json(`schema ${names[1]}`))
    expect(await json(`schema ${names[0]}`)).toEqual(long.input_schema)
    const examples = (await json(`examples ${names[1]} --json`)).examples
    expect(examples.call).toContain(`integrations:call ${names[0]}`)
    expect(examples.lua).toContain(`app.integrations.mattermost.${name}(`)
  })

  it('a provider is all of its functions, and no page is how it is used', async () => {
    expect((await json('docs mattermost --json')).map(({ slug }: Json) => slug)).toEqual(
      NAMES.map(name => `mattermost_${name}`),
    )
    expect(await run('docs mattermost')).toBe(0)
    for (const name of NAMES) expect(io.printed()).toContain(`mattermost_${name} `)
    expect(await run('docs')).toBe(0)
    expect(io.printed()).toContain('kosmo integrations:call')
    expect(await run('docs mattermost.create_post --format=markdown')).toBe(0)
    expect(io.printed()).toMatch(/^# mattermost\.mattermost_create_post\n\nPost a message/)
    expect(io.printed()).toContain('```lua\nlocal result = app.integrations.mattermost.create_post(')
  })

  it('the function without arguments has an object of properties', async () => {
    expect(await json('schema mattermost.get_current_user')).toMatchObject({
      type: 'object',
      properties: {},
      required: [],
    })
  })
})

describe('row 49: unknown names fail', () => {
  it.each([
    ['docs nope --json', /No integration docs found for 'nope'/],
    ['docs mattermost.nope --json', /No integration docs found/],
    ['examples nope --json', /No integration docs found/],
    ['schema nope', /Unknown integration function: nope/],
    ['schema mattermost.list_chanels', /Did you mean mattermost\.list_channels\?/],
    ['fields nope --json', /Unknown integration provider: nope/],
  ])('%s', async (line, why) => {
    expect(await json(line, {}, 1)).toEqual({ success: false, error: expect.stringMatching(why) })
  })

  it('in a name from elsewhere nothing drives the terminal', async () => {
    expect(await run('docs \u001b[31mx')).toBe(1)
    expect(io.complained()).not.toContain('\u001b')
  })
})

describe('wrong usage ends with 2', () => {
  it.each([
    'list x',
    'list --nope',
    'status x',
    'search',
    'fields',
    'examples',
    'docs a b',
    'docs --format=pdf',
  ])('%s', async line => {
    expect(await run(line)).toBe(2)
    expect(io.complained()).toMatch(/^kosmo: .* See kosmo integrations:\w+ --help\.$/)
    expect(await run(`${line} --json`)).toBe(2)
    expect(JSON.parse(io.printed())).toMatchObject({ success: false })
  })
})
