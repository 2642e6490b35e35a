import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLua } from '../../support/lua/open-lua.ts'

describe('values on their way', () => {
  it('JSON comes through Lua as it was, but for what Lua has no word for', async () => {
    const { run } = openLua({ call: ({ given }) => ({ kind: 'value', value: given.value ?? null }) })
    const json = fc.jsonValue({ maxDepth: 4 }).filter(value => !JSON.stringify(value).includes('e'))
    await fc.assert(
      fc.asyncProperty(json, async value => {
        const text = JSON.stringify(value)
        const { result, error } = await run(`
          local value = json.decode(${luaText(text)})
          return value, json.decode(json.encode(value)), app.integrations.mattermost.echo {value = value}`)
        const told = inLua(value)
        expect({ result, error }).toEqual({ result: [told, told, told], error: null })
      }),
      { numRuns: 150 },
    )
  })

  it('texts come through whole, zero bytes and letters of every script too', async () => {
    const { returned } = openLua()
    const text = 'a\u0000b ünï 漢字 👩‍💻\n"\\'
    expect(await returned(`return ${luaText(text)}, #"a\\0b"`)).toEqual([text, 3])
  })

  it.each([
    ['a function', 'print', /a function cannot be passed on/],
    ['a coroutine', 'coroutine.create(print)', /a coroutine cannot be passed on/],
    ['no number', '0/0', /no number/],
    ['an endless number', '1/0', /endless/],
    ['a whole number that is too large', '(1 << 53) + 1', /9007199254740993 is too large/],
    ['bytes', '"\\xff"', /not valid UTF-8/],
    ['a table in itself', '(function() local t = {} t.t = t return t end)()', /contains itself/],
    ['odd keys', '{[true] = 1}', /keys are not texts or numbers/],
  ])('%s is refused where it would be changed', async (_what, code, why) => {
    const { run, calls } = openLua()
    expect((await run(`json.encode(${code})`)).error).toMatch(why)
    expect((await run(`app.integrations.mattermost.echo {value = ${code}}`)).error).toMatch(why)
    expect(calls).toEqual([])
  })

  it('and is told in words where a script returns it', async () => {
    const { returned } = openLua()
    expect(
      await returned(
        'local t = {} t.t = t return print, coroutine.create(print), 0/0, -1/0, 1 << 62, t, nil',
      ),
    ).toEqual(['<function>', '<coroutine>', 'nan', '-inf', '4611686018427387904', { t: '<circular>' }, null])
  })

  it('a table with the keys 1 to n is a list, any other an object, an empty one a list', async () => {
    const { returned } = openLua()
    expect(
      await returned('return {1, 2}, {[1] = 1, [3] = 3}, {1, a = 2}, {}, {[0] = 1}, {[1.5] = 1}'),
    ).toEqual([[1, 2], { 1: 1, 3: 3 }, { 1: 1, a: 2 }, [], { 0: 1 }, { '1.5': 1 }])
  })
})

describe('print and dump', () => {
  it('show tables as people read them', async () => {
    const { run, printed, returned } = openLua()
    await run('print("a", 1, nil, true, 1.5) print({b = {1, "x\\n"}, a = {}}) print()')
    expect(printed).toEqual(['a\t1\tnil\ttrue\t1.5', '{\n  a: {},\n  b: [\n    1,\n    "x\\n"\n  ]\n}', ''])
    printed.length = 0
    expect(
      await returned('local t = {1} t[2] = t return dump(t) == t, tostring({1}), tostring(nil)'),
    ).toEqual([true, '[\n  1\n]', 'nil'])
    expect(printed).toEqual(['[\n  1,\n  <circular>\n]'])
  })
})

/** A text as Lua source. */
function luaText(text: string): string {
  return `"${[...Buffer.from(text)].map(byte => `\\${String(byte).padStart(3, '0')}`).join('')}"`
}

/** What JSON becomes in Lua: a field that is null is not there, a list ends before its first, and what is empty is a list. */
function inLua(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? 0 : value
  if (Array.isArray(value)) {
    const items = value.map(inLua)
    const kept = items.flatMap((item, at) => (item === null ? [] : [[String(at + 1), item] as const]))
    const isList = kept.every(([key], at) => Number(key) === at + 1)
    return isList ? kept.map(([, item]) => item) : Object.fromEntries(kept)
  }
  const fields = Object.entries(value).flatMap(([key, field]) =>
    field === null ? [] : [[key, inLua(field)]],
  )
  return fields.length === 0 ? [] : Object.fromEntries(fields)
}
