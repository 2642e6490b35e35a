import { LuaType } from 'wasmoon'
import type { LuaApi, LuaState } from './lua-api.ts'

/** Deeper than any result of ours, and far from the end of the stack. */
const MAX_DEPTH = 100

/** What JSON cannot say: refused, or told in words. */
export type Strange = 'refuse' | 'tell'

/** A value that cannot be passed on, as a sentence for the script's author. */
export class Unpassable extends Error {}

/**
 * Reads a Lua value as JSON would have it, without running any of the script's own code. A table with the keys 1 to n
 * is a list, every other one an object; an empty one is a list, as in the original.
 *
 * @throws Unpassable
 */
export function readValue(lua: LuaApi, L: LuaState, index: number, strange: Strange): unknown {
  return read(lua, L, lua._lua_absindex(L, index), strange, [])
}

/** Reads a text; bytes that are no UTF-8 become U+FFFD. */
export function readText(lua: LuaApi, L: LuaState, index: number): string {
  return new TextDecoder().decode(bytesAt(lua, L, index))
}

/** The bytes of a text, as long as nothing else happens in Lua. */
export function bytesAt(lua: LuaApi, L: LuaState, index: number): Uint8Array {
  const length = lua._malloc(4)
  try {
    const pointer = lua._lua_tolstring(L, index, length)
    const size = new DataView(lua.memory().buffer).getUint32(length, true)
    return lua.memory().subarray(pointer, pointer + size)
  } finally {
    lua._free(length)
  }
}

function read(lua: LuaApi, L: LuaState, index: number, strange: Strange, above: number[]): unknown {
  const type = lua._lua_type(L, index)
  switch (type) {
    case LuaType.Nil:
    case LuaType.None:
      return null
    case LuaType.Boolean:
      return lua._lua_toboolean(L, index) !== 0
    case LuaType.Number:
      return readNumber(lua, L, index, strange)
    case LuaType.String:
      return strange === 'tell' ? readText(lua, L, index) : readUtf8(lua, L, index)
    case LuaType.Table:
      return readTable(lua, L, index, strange, above)
    default: {
      const name = NAMES[type] ?? 'value'
      if (strange === 'tell') return `<${name}>`
      throw new Unpassable(`a ${name} cannot be passed on; only tables, texts, numbers and booleans can`)
    }
  }
}

const NAMES: Partial<Record<LuaType, string>> = {
  [LuaType.Function]: 'function',
  [LuaType.Thread]: 'coroutine',
  [LuaType.Userdata]: 'userdata',
  [LuaType.LightUserdata]: 'userdata',
}

function readNumber(lua: LuaApi, L: LuaState, index: number, strange: Strange): number | string {
  if (lua._lua_isinteger(L, index) !== 0) {
    const exact = lua._lua_tointegerx(L, index, 0)
    const value = Number(exact)
    if (Number.isSafeInteger(value)) return value
    if (strange === 'tell') return String(exact)
    throw new Unpassable(`${exact} is too large to be passed on exactly; pass it as a text`)
  }
  const value = lua._lua_tonumberx(L, index, 0)
  if (Number.isFinite(value)) return value
  if (strange === 'tell') return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  throw new Unpassable('what is no number (nan) or endless (inf) cannot be passed on')
}

function readUtf8(lua: LuaApi, L: LuaState, index: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesAt(lua, L, index))
  } catch {
    throw new Unpassable('a text is not valid UTF-8')
  }
}

function readTable(lua: LuaApi, L: LuaState, index: number, strange: Strange, above: number[]): unknown {
  const self = lua._lua_topointer(L, index)
  if (above.includes(self)) {
    if (strange === 'tell') return '<circular>'
    throw new Unpassable('a table that contains itself cannot be passed on')
  }
  if (above.length >= MAX_DEPTH || lua._lua_checkstack(L, 4) === 0) {
    throw new Unpassable(`tables that are nested deeper than ${MAX_DEPTH} cannot be passed on`)
  }
  const inside = [...above, self]
  const entries: [key: string, value: unknown][] = []
  const items: unknown[] = []
  let isList = true
  lua._lua_pushnil(L)
  while (lua._lua_next(L, index) !== 0) {
    const [key, value] = [readKey(lua, L, lua._lua_gettop(L) - 1, strange), lua._lua_gettop(L)]
    const told = read(lua, L, value, strange, inside)
    entries.push([String(key), told])
    if (typeof key === 'number' && key >= 1) items[key - 1] = told
    else isList = false
    lua._lua_settop(L, value - 1)
  }
  // Keys up to a million with nothing between would make a long list of nothing.
  if (isList && items.length === entries.length) return items
  // Lua's own order is another one each time. Object.fromEntries takes `__proto__` for a key like any other.
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A key as JSON has it; a whole number stays one. The key itself must not be changed while a table is walked. */
function readKey(lua: LuaApi, L: LuaState, index: number, strange: Strange): string | number {
  switch (lua._lua_type(L, index)) {
    case LuaType.String:
      return strange === 'tell' ? readText(lua, L, index) : readUtf8(lua, L, index)
    case LuaType.Number: {
      const key = readNumber(lua, L, index, strange)
      return lua._lua_isinteger(L, index) !== 0 ? key : String(key)
    }
    default:
      if (strange === 'tell') return `<${lua._lua_type(L, index) === LuaType.Boolean ? 'boolean' : 'key'}>`
      throw new Unpassable('a table whose keys are not texts or numbers cannot be passed on')
  }
}
