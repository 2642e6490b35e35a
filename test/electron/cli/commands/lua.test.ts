import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { luaCommand } from '../../../../electron/cli/commands/lua.ts'
import { newHome } from '../../../support/broker/broker-process.ts'
import { openLuaTown } from '../../../support/lua/run-lua.ts'
import { exampleWorld } from '../../../support/mattermost/example-world.ts'
import { startMattermost } from '../../../support/mattermost/server.ts'
import { OLD_NODE } from '../../../support/mcp/program.ts'
import { capturedIo } from '../../../support/terminal/captured-io.ts'

const ENVELOPE = [
  'success',
  'output',
  'error',
  'result',
  'execution_time_ms',
  'memory_usage',
  'integration_calls',
  'meta',
]

/** The line of the acceptance table, as a shell would give it. */
const DUMP = 'dump(app.integrations.mattermost.list_channels({page=0,per_page=5}))'

describe('row 54: kosmo integrations:lua', () => {
  it('runs the line of the table on a clean install and gives the envelope with data', async () => {
    const { lua, kosmo, account } = await openLuaTown()
    const envelope = await lua(DUMP)
    expect(Object.keys(envelope)).toEqual(ENVELOPE)
    expect(envelope).toMatchObject({
      success: true,
      output: expect.stringContaining('name: "town-square"'),
      error: null,
      result: null,
      memory_usage: expect.any(Number),
      meta: { permission_bypassed: false },
    })
    expect(envelope.integration_calls).toEqual([
      {
        path: 'app.integrations.mattermost.list_channels',
        durationMs: expect.any(Number),
        status: 'ok',
        icon: 'mattermost',
        name: 'List channels',
        group: 'Mattermost',
      },
    ])
    const node = existsSync(OLD_NODE) ? OLD_NODE : process.execPath
    const plain = await kosmo(['integrations:lua', '--eval', DUMP], { node })
    expect(plain).toEqual({ code: 0, stdout: `${envelope.output}\n`, stderr: '' })
    expect(JSON.stringify([envelope, plain])).not.toContain(account.token)
  })

  it('prints as it comes, then the result or the error, which ends it with 1', async () => {
    const { kosmo, lua } = await openLuaTown()
    const good = await kosmo(['integrations:lua', '-e', '-- two\nprint("one") return "two", {3}'])
    expect(good).toEqual({ code: 0, stdout: 'one\n[\n  "two",\n  [\n    3\n  ]\n]\n', stderr: '' })
    const bad = await kosmo(['integrations:lua', '-e', 'print("one")\nerror("two")'])
    expect(bad).toEqual({ code: 1, stdout: 'one\n', stderr: 'kosmo: eval:2: two\n' })
    expect(await lua('print(1) error("two")')).toMatchObject({
      success: false,
      output: '1',
      error: 'eval:1: two',
      result: null,
    })
  })

  it('takes code of a file and of stdin, and waits for no pipe that says nothing', async () => {
    const { kosmo, home } = await openLuaTown()
    writeFileSync(join(home, 'job.lua'), '#!/usr/bin/env kosmo\nprint("ünï")\nerror("here")')
    const [file, piped, beside, silent] = await Promise.all([
      kosmo(['integrations:lua', 'job.lua']),
      kosmo(['integrations:lua'], { stdin: 'print("piped") return "x"' }),
      kosmo(['integrations:lua', '-e', 'print(1)'], { stdin: 'open' }),
      kosmo(['integrations:lua'], { stdin: 'open' }),
    ])
    expect(file).toEqual({ code: 1, stdout: 'ünï\n', stderr: 'kosmo: job.lua:3: here\n' })
    expect(piped).toEqual({ code: 0, stdout: 'piped\nx\n', stderr: '' })
    expect(beside).toEqual({ code: 0, stdout: '1\n', stderr: '' })
    expect(silent).toMatchObject({ code: 2, stderr: expect.stringMatching(/give a Lua file/) })
  })

  it.each([
    ['two codes', ['job.lua', '-e', 'print(1)'], /one of them only/],
    ['too little memory', ['-e', 'x = 1', '--memory-limit=1000'], /--memory-limit takes bytes, from 1048576/],
    ['no number', ['-e', 'x = 1', '--cpu-limit=soon'], /--cpu-limit takes seconds/],
    ['no time', ['-e', 'x = 1', '--cpu-limit=0'], /--cpu-limit takes seconds/],
    ['empty code', ['-e', ' '], /give a Lua file/],
    ['a flag that there is not', ['--trust'], /--trust/],
    ['JSON of a dialogue', ['--repl', '--json'], /for people/],
  ])('%s is wrong usage: exit code 2', async (_what, args, why) => {
    const io = capturedIo(newHome())
    expect(await luaCommand(args, io)).toBe(2)
    expect(io.printed() + io.complained()).toMatch(why)
  })

  it('a file that cannot be used is a sentence, in JSON too', async () => {
    const home = newHome()
    writeFileSync(join(home, 'bytes.lua'), Buffer.from([0x1b, 0x4c, 0x75, 0x61, 0xff]))
    const io = { ...capturedIo(home), cwd: home }
    expect(await luaCommand(['bytes.lua'], io)).toBe(1)
    expect(await luaCommand(['.'], io)).toBe(1)
    expect(await luaCommand(['none.lua', '--json'], io)).toBe(1)
    expect(io.complained()).toMatch(/^kosmo: bytes.lua is not UTF-8\nkosmo: . cannot be read \(EISDIR\)$/)
    expect(JSON.parse(io.printed())).toEqual({ success: false, error: 'Lua file not found: none.lua' })
  })
})

describe('row 55: names', () => {
  it('all of them resolve, and an alias reaches its own server (row 25)', async () => {
    const { kosmo, lua, account } = await openLuaTown()
    const example = exampleWorld()
    const other = await startMattermost({ world: example.world })
    const set = { url: other.url, access_token: example.world.token(example.people.carol) }
    const configured = await kosmo(
      ['integrations:configure', 'mattermost', '--account=work', '--stdin-json', '--store=file'],
      { stdin: JSON.stringify({ set }) },
    )
    expect(configured.code).toBe(0)
    const { result, error } = await lua(`
      local mattermost = app.integrations.mattermost
      local _, missing = pcall(function() mattermost.home.list_teams() end)
      return mattermost.get_current_user().user.username,
        mattermost.mattermost_get_current_user({}).user.username,
        mattermost.default.get_current_user {}.user.username,
        mattermost.default.mattermost_get_current_user().user.username,
        mattermost.work.get_current_user().user.username,
        mattermost["work"]["mattermost_get_current_user"]().user.username,
        mattermost.work.get_current_user().server,
        missing`)
    await other.close()
    expect(error).toBeNull()
    const missing = expect.stringMatching(/missing required credentials for account 'home'.*--account=home/)
    expect(result).toEqual(['alice', 'alice', 'alice', 'alice', 'carol', 'carol', other.url, missing])
    expect(account.url).not.toBe(other.url)
  })
})

describe('row 56: errors', () => {
  it('are errors of Lua with the message of the command line, and pcall catches them', async () => {
    const { kosmo, lua } = await openLuaTown()
    const { result } = await lua(`
      local function message(name, given)
        local ok, why = pcall(function() local made = app.integrations.mattermost[name](given) end)
        return not ok and why
      end
      return message("get_post", {}), message("get_channel", {channel_id = "~nowhere"})`)
    const told = async (name: string, payload: object) => {
      const args = ['integrations:call', `mattermost.${name}`, JSON.stringify(payload), '--json']
      return `eval:3: ${JSON.parse((await kosmo(args)).stdout).error}`
    }
    expect(result).toEqual([
      await told('get_post', {}),
      await told('get_channel', { channel_id: '~nowhere' }),
    ])
    expect(result?.[0]).toBe('eval:3: Missing required parameter(s): post_id')
  })

  it('say what is meant, and send nothing', async () => {
    const { lua, mattermost } = await openLuaTown()
    const cases: [code: string, why: RegExp][] = [
      [
        'mattermost.list_chanels()',
        /Unknown function: app\.integrations\.mattermost\.list_chanels\. Did you mean: list_channels/,
      ],
      [
        'mattermost.zzzzzzzzzz()',
        /Did you mean: list_channels, get_channel, create_post, list_posts, get_post, list_teams, get_current_user$/,
      ],
      ['mattermost()', /Unknown function: app\.integrations\.mattermost\. It is a namespace/],
      ['mattermost.list_posts("~dev")', /arguments are given by name, in one table/],
      ['mattermost.list_posts("~dev", 1)', /arguments are given by name, in one table/],
      ['mattermost.list_posts({"~dev"})', /arguments are given by name, in one table/],
      ['mattermost.a.b.c()', /Unknown function/],
      [
        'slack.list()',
        /Unknown function: app\.integrations\.slack\.list\. There is app\.integrations\.mattermost$/,
      ],
    ]
    const calls = cases.map(([code]) => `function() local x = app.integrations.${code} end`)
    const { result } = await lua(`
      local told = {}
      for at, run in ipairs({${calls.join(', ')}, function() local x = app.tools.bash {} end}) do
        local ok, why = pcall(run)
        told[at] = ok or why
      end
      return told`)
    expect(result?.[0]).toEqual([
      ...cases.map(([, why]) => expect.stringMatching(why)),
      expect.stringMatching(/Unknown function: app\.tools\.bash\. There is app\.integrations\.mattermost$/),
    ])
    expect(mattermost.requests).toEqual([])
  })
})

it('settings that cannot be read are an error with its sentence, for calls and docs', async () => {
  const { lua, home, mattermost } = await openLuaTown()
  writeFileSync(join(home, 'settings.json'), '{')
  const { result } = await lua(`
    local _, call = pcall(function() local x = app.integrations.mattermost.list_teams() end)
    local _, page = pcall(docs.read, "mattermost")
    return call, page`)
  const broken = expect.stringMatching(/settings cannot be read.*\[not_configured\]$/)
  expect(result).toEqual([broken, broken])
  expect(mattermost.requests).toEqual([])
})

describe('row 57: limits', () => {
  it('end a script with an error in the envelope, and the program lives to tell it', async () => {
    const { lua } = await openLuaTown()
    expect(await lua('print("before") while true do end', '--cpu-limit=0.3')).toMatchObject({
      success: false,
      output: 'before',
      error: expect.stringMatching(/ran for 0.3 seconds/),
      result: null,
      memory_usage: null,
    })
    const large = 'local t = {} for i = 1, 1e6 do t[i] = i end return #t'
    expect(await lua(large, '--memory-limit=8000000')).toMatchObject({ error: 'not enough memory' })
    expect(await lua(large, '--memory-limit=64000000')).toMatchObject({ result: [1e6] })
  })
})

describe('--repl', () => {
  it('runs line by line in one state, shows values, goes on after errors, and joins what is not finished', async () => {
    const { kosmo } = await openLuaTown()
    const lines = [
      'x = 20',
      'x + 1',
      'function double(n)',
      '  return n * 2',
      'end',
      'double(x), "text"',
      'print("printed")',
      'error("oh")',
      'error("\\27[2Jaway")',
      'x = = 1',
      'app.integrations.mattermost.get_current_user().user.username',
      'while true do end',
      'x',
      ':quit',
      'print("after the end")',
    ]
    const stdin = `${lines.join('\n')}\n`
    const ran = await kosmo(['integrations:lua', '--repl', '--cpu-limit=0.5'], { stdin })
    expect(ran.code).toBe(0)
    expect(ran.stdout).toBe('21\n[\n  40,\n  "text"\n]\nprinted\nalice\nnil\n')
    expect(ran.stderr.split('\n')).toEqual([
      'kosmo: repl:1: oh',
      expect.stringMatching(/^kosmo: repl:1: [ -~]*away$/),
      expect.stringMatching(/^kosmo: repl:1: unexpected symbol near '='$/),
      'kosmo: the script was stopped: it ran for 0.5 seconds, and its limit is that',
      'kosmo: variables and functions of before are gone.',
      '',
    ])
  })
})
