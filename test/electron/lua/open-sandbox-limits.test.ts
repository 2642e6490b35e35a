import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { childrenOf, isRunning, ownMemory } from '../../support/broker/proc.ts'
import { until } from '../../support/broker/until.ts'
import { openLua } from '../../support/lua/open-lua.ts'

const TIME = 300

/** Whether everything that this process had started has ended. */
async function nothingLeft(before: number[]): Promise<void> {
  await until('the sandbox has ended', () => childrenOf(process.pid).every(pid => before.includes(pid)))
}

describe('row 57: a script that runs too long', () => {
  it.each([
    ['an endless loop', 'while true do end'],
    ['one that catches every error', 'while true do pcall(function() while true do end end) end'],
    ['one in a coroutine', 'coroutine.wrap(function() while true do end end)()'],
    ['a pattern of Lua', 'return string.rep("a", 50):find(("a*"):rep(30) .. "b")'],
    ['a regular expression', 'return regex.match(string.rep("a", 40) .. "b", "/^(a+)+$/")'],
    ['the words of an error', 'error(setmetatable({}, {__tostring = function() while true do end end}))'],
    ['a sort', 'table.sort({3, 2, 1}, function() while true do end end)'],
  ])('%s is ended, with an error', async (_what, code) => {
    const before = childrenOf(process.pid)
    const { run } = openLua({ time: TIME })
    expect(await run(code)).toEqual({
      result: null,
      error: 'the script was stopped: it ran for 0.3 seconds, and its limit is that',
      memory: null,
      how: 'stopped',
    })
    await nothingLeft(before)
  })

  it('keeps what was printed before', async () => {
    const { run, printed } = openLua({ time: TIME })
    await run('print("first") while true do end')
    expect(printed).toEqual(['first'])
  })

  it('waiting for a call is not running', async () => {
    const { run } = openLua({
      time: TIME,
      async call() {
        // Longer than it may run itself.
        await openLua({ time: TIME + 100 }).run('while true do end')
        return { kind: 'value', value: 'late' }
      },
    })
    expect(await run('return app.integrations.mattermost.list_channels()')).toMatchObject({
      result: ['late'],
    })
  })
})

describe('row 57: a script that wants too much', () => {
  it.each([
    ['a text of a gigabyte', 'return string.rep("x", 1024 * 1024 * 1024)'],
    ['a large table', 'local t = {} for i = 1, 1e9 do t[i] = i end'],
    ['recursion without end', 'local function f() return 1 + f() end return f()'],
    ['texts that grow', 'local s = "x" while true do s = s .. s end'],
  ])('%s is an error of Lua, and the state lives on', async (_what, code) => {
    const { run } = openLua()
    expect(await run(code)).toMatchObject({ result: null, error: 'not enough memory', how: 'failed' })
    expect(await run(`return pcall(function() ${code} end)`)).toMatchObject({
      result: [false, 'not enough memory'],
    })
    expect(await run('return 1')).toMatchObject({ result: [1], error: null })
  })

  it.each([
    ['functions within functions', 'local function f() string.gsub("a", ".", f) end f()', /C stack overflow/],
    [
      'tables within tables',
      'local t = {} for _ = 1, 5000 do t = {t} end return t',
      /nested deeper than 100/,
    ],
    ['JSON within JSON', 'json.decode(string.rep("[", 1e5) .. string.rep("]", 1e5))', /nested too deep/],
  ])('%s are an error', async (_what, code, error) => {
    const { run } = openLua()
    expect(await run(code)).toMatchObject({
      result: null,
      error: expect.stringMatching(error),
      how: 'failed',
    })
  })

  it('memory beside that of Lua ends the process, and nothing else', async () => {
    const before = childrenOf(process.pid)
    const { run } = openLua({ memory: 8 * 1024 * 1024 })
    const ended = await run('return #regex.match_all(string.rep("a", 2e6), "/(a)(a)?(a)?/", 2)')
    expect(ended).toMatchObject({ result: null, error: expect.stringMatching(/more memory/), how: 'stopped' })
    await nothingLeft(before)
  })

  it('printing without end is ended', async () => {
    const { run } = openLua()
    const ended = await run('while true do print(string.rep("x", 100000)) end')
    expect(ended).toMatchObject({
      error: expect.stringMatching(/printed more than 8 million/),
      how: 'stopped',
    })
  })

  it('calling without end is ended', async () => {
    const { run, calls } = openLua()
    const ended = await run('while true do app.integrations.mattermost.list_teams() end')
    expect(ended).toMatchObject({ error: expect.stringMatching(/more than 10000 times/), how: 'stopped' })
    expect(calls).toHaveLength(10_000)
  })

  it('the process never holds more than it may, whatever a script does', async () => {
    const before = childrenOf(process.pid)
    let most = 0
    const { run } = openLua({
      call: () => {
        const [pid = 0] = childrenOf(process.pid).filter(each => !before.includes(each))
        most = Math.max(most, ownMemory(pid))
        return { kind: 'value', value: null }
      },
    })
    // Fills its memory again and again, and shows us each time.
    await run(`for _ = 1, 3 do
      pcall(function() local t = {} for i = 1, 1e9 do t[i] = string.rep(tostring(i), 1000) end end)
      app.integrations.mattermost.list_channels()
    end`)
    expect(most).toBeGreaterThan(20)
    expect(most).toBeLessThan(200)
  })
})

describe('the process of a sandbox', () => {
  it('ends with whoever started it, even in an endless loop', async () => {
    // Killed, so that nobody can end the sandbox any more.
    const { parent, sandbox } = await startParent()
    expect(isRunning(sandbox)).toBe(true)
    process.kill(parent, 'SIGKILL')
    await until('the sandbox ends', () => !isRunning(sandbox))
  })

  it('that is stopped while it calls is gone for good, whatever the call gives later', async () => {
    let answer = () => {}
    const asked = new Promise<void>(resolve => {
      answer = resolve
    })
    const { run, sandbox, calls } = openLua({
      time: TIME,
      call: async () => {
        await asked
        return { kind: 'value', value: 1 }
      },
    })
    const running = run('return app.integrations.mattermost.list_teams()')
    await until('it calls', () => calls.length === 1)
    sandbox.close()
    expect(await running).toMatchObject({ error: 'the script was stopped', how: 'stopped' })
    answer()
    expect(await run('return 1')).toMatchObject({ error: 'the script was stopped', how: 'stopped' })
  })

  it('a run after the end says why it cannot be', async () => {
    const { run, sandbox } = openLua({ time: TIME })
    await run('while true do end')
    expect(await run('return 1')).toMatchObject({ result: null, how: 'stopped' })
    sandbox.close()
  })
})

async function startParent(): Promise<{ parent: number; sandbox: number }> {
  const program = fileURLToPath(new URL('../../support/lua/endless.ts', import.meta.url))
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const parent = child.pid ?? 0
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await until('the script runs', () => said.includes('running'))
  const [sandbox = 0] = childrenOf(parent)
  return { parent, sandbox }
}
