import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { childrenOf, startedWith } from '../../support/broker/proc.ts'
import { openLua } from '../../support/lua/open-lua.ts'

describe('row 57: what a script cannot reach', () => {
  it('has neither files, programs, modules, the debugger nor the bytes of a function', async () => {
    const { returned } = openLua()
    const names = [
      'io',
      'package',
      'require',
      'dofile',
      'loadfile',
      'debug',
      'warn',
      'string.dump',
      'os.execute',
      'os.getenv',
      'os.remove',
      'os.rename',
      'os.tmpname',
      'os.exit',
      'os.setlocale',
    ]
    expect(await returned(`return ${names.map(name => `${name} == nil`).join(', ')}`)).toEqual(
      names.map(() => true),
    )
    const globals = await returned(
      'local names = {} for name in pairs(_G) do names[#names + 1] = name end table.sort(names) return table.concat(names, " ")',
    )
    // Whatever a new version of Lua brings is looked at by a person first.
    expect(globals).toEqual([
      '_G _VERSION app assert collectgarbage coroutine docs dump error getmetatable ipairs json load math next os pairs pcall print rawequal rawget rawlen rawset regex select setmetatable string table tonumber tostring type utf8 xpcall',
    ])
  })

  it('loads text and no bytes, whatever mode it asks for', async () => {
    const { returned } = openLua()
    expect(
      await returned('return load("return 1 + 1")(), (load("\\27Lua", "x", "b")), load("\\27Lua")'),
    ).toEqual([2, null, null, "attempt to load a binary chunk (mode is 't')"])
    expect(await returned('return load(function() return "\\27Lua" end, "x", "bt")')).toEqual([
      null,
      "attempt to load a binary chunk (mode is 't')",
    ])
    expect(await returned('return load("return a", "x", "t", {a = 7})()')).toEqual([7])
  })

  it('code that is bytes is refused like any that is no Lua', async () => {
    const { run } = openLua()
    expect(await run('\x1bLuaT')).toMatchObject({
      result: null,
      error: expect.stringMatching(/binary chunk/),
    })
  })

  it('what a script breaks, it breaks for itself', async () => {
    const { run, returned } = openLua()
    await run(
      'string.rep = nil print = nil pairs = nil error = nil app = nil setmetatable(_G, {__index = 1})',
    )
    expect((await run('dump({1})')).error).toBeNull()
    expect(await returned('return 1')).toEqual([1])
    expect(await openLua().returned('return string.rep("x", 2)')).toEqual(['xx'])
  })
})

describe.runIf(process.platform === 'linux')('whoever breaks out of Lua', () => {
  it('finds nothing of ours in environment and arguments', async () => {
    const variable = 'KOSMO_TEST_TOKEN'
    process.env[variable] = 's3cr3t'
    onTestFinished(() => void delete process.env[variable])
    const before = childrenOf(process.pid)
    const { returned } = openLua({
      call: () => {
        const [pid = 0] = childrenOf(process.pid).filter(each => !before.includes(each))
        const { args, variables } = startedWith(pid)
        return { kind: 'value', value: { args, variables } }
      },
    })
    const [seen] = await returned('return app.integrations.mattermost.list_channels()')
    expect(seen).toMatchObject({ variables: '', args: expect.stringContaining('lua-sandbox.cjs') })
    expect(JSON.stringify(seen)).not.toContain('s3cr3t')
  })

  it('can neither read nor write files, start programs or threads, nor make code of texts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kosmo-lua-'))
    const program = join(folder, 'broken-out.cjs')
    writeFileSync(program, readFileSync(new URL('../../support/lua/broken-out.cjs', import.meta.url)))
    const { run, printed } = openLua({ program })
    await run('')
    expect(printed).toEqual([
      'read: ERR_ACCESS_DENIED',
      'write: ERR_ACCESS_DENIED',
      'program: ERR_ACCESS_DENIED',
      'thread: ERR_ACCESS_DENIED',
      'code: EvalError',
    ])
  })

  it.each([
    ['no JSON', 'nonsense'],
    ['a message that there is not', '{"kind":"approve","id":"1"}'],
    ['a field too many', '{"kind":"output","text":"x","as":"person"}'],
    ['a call with a list', '{"kind":"call","path":["integrations"],"arguments":[1]}'],
  ])('is ended where it says %s', async (_what, line) => {
    const folder = mkdtempSync(join(tmpdir(), 'kosmo-lua-'))
    const program = join(folder, 'says.cjs')
    writeFileSync(
      program,
      `process.stdin.on('data', () => process.stdout.write(${JSON.stringify(line)} + '\\n'))`,
    )
    const { run, calls } = openLua({ program })
    expect(await run('')).toMatchObject({ error: expect.stringMatching(/not understood/), how: 'stopped' })
    expect(calls).toEqual([])
  })

  it('is ended where it calls while a call of its runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kosmo-lua-'))
    const program = join(folder, 'twice.cjs')
    const call = '{"kind":"call","path":["integrations","mattermost","create_post"],"arguments":{}}\n'
    writeFileSync(
      program,
      `process.stdin.once('data', () => process.stdout.write(${JSON.stringify(call + call)}))`,
    )
    const { run, calls } = openLua({ program, call: () => new Promise(() => undefined) })
    expect(await run('')).toMatchObject({ error: expect.stringMatching(/not understood/) })
    expect(calls).toHaveLength(1)
  })
})
