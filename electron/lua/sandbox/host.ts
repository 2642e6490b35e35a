import type { LuaApi, LuaState, Pointer } from './lua-api.ts'
import type { ParentLine } from './parent-line.ts'
import { BadPattern } from './perl-regex.ts'
import { pushText, pushValue } from './push-value.ts'
import { readText, readValue, Unpassable } from './read-value.ts'
import { match, matchAll, replace } from './regex-functions.ts'

/** What the prelude may ask of us, with its arguments as JSON has them. */
type HostFunction = (...given: unknown[]) => unknown

/** A failure that is the script's to hear of, as it stands. */
class Refused extends Error {}

/**
 * The one function through which Lua reaches us: `host(name, …)` gives true and a value, or false and a message.
 * Everything it can do is below; none of it touches files, network or system.
 */
export function makeHost(lua: LuaApi, parent: ParentLine): Pointer {
  const functions = hostFunctions(parent)
  return lua.addFunction((L = 0) => {
    try {
      const name = readText(lua, L, 1)
      const value =
        name === 'print' ? parent.tell({ kind: 'output', text: readText(lua, L, 2) }) : call(name, L)
      lua._lua_settop(L, 0)
      lua._lua_pushboolean(L, 1)
      pushValue(lua, L, value)
    } catch (error) {
      // What Lua throws to leave a function is no Error, and has to pass.
      if (!(error instanceof Error)) throw error
      lua._lua_settop(L, 0)
      lua._lua_pushboolean(L, 0)
      pushText(lua, L, messageOf(error))
    }
    return 2
  }, 'ii')

  function call(name: string, L: LuaState): unknown {
    const ours = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (ours === undefined) throw new Refused('there is no such function')
    const given: unknown[] = []
    for (let index = 2; index <= lua._lua_gettop(L); index++) given.push(readValue(lua, L, index, 'refuse'))
    return ours(...given)
  }
}

function messageOf(error: Error): string {
  if (error instanceof Refused || error instanceof Unpassable || error instanceof BadPattern)
    return error.message
  if (error instanceof RangeError) return 'the result would be too large'
  return 'a fault of KosmoKrator’s own'
}

function hostFunctions(parent: ParentLine): Record<string, HostFunction> {
  const asked = (message: Parameters<ParentLine['tell']>[0]): unknown => {
    parent.tell(message)
    const answer = parent.hear()
    // Nobody is left to run for.
    if (answer === undefined) return process.exit(0)
    if (answer.kind === 'failure') throw new Refused(answer.message)
    return answer.kind === 'value' ? answer.value : undefined
  }
  return {
    call: (path, given) => asked({ kind: 'call', path: textsOf(path), arguments: namedOf(given) }),
    docs: (page, about) => asked({ kind: 'docs', page: page as 'list', about: String(about) }),
    encode: value => JSON.stringify(value, null, 4),
    decode: text => decode(String(text)),
    match: (subject, pattern) => match(String(subject), String(pattern)),
    match_all: (subject, pattern, flags) => matchAll(String(subject), String(pattern), Number(flags)),
    gsub: (subject, pattern, replacement, limit) =>
      replace(String(subject), String(pattern), String(replacement), Number(limit)),
    milliseconds: time => Date.parse(String(time)),
  }
}

function textsOf(path: unknown): string[] {
  return Array.isArray(path) ? path.map(String) : []
}

/** Arguments by name. What stands in a list would be lost without a word. */
function namedOf(given: unknown): Record<string, unknown> {
  if (given === null) return {}
  if (Array.isArray(given) && given.length === 0) return {}
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw new Refused('arguments are given by name, in one table: {channel_id = "…"}')
  }
  return given as Record<string, unknown>
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refused(`json.decode: ${error instanceof Error ? error.message : 'not JSON'}`)
  }
}
