import { type LuaApi, type LuaState, withText } from './lua-api.ts'
import { Unpassable } from './read-value.ts'

/** Deeper than any JSON that a person reads. */
const MAX_DEPTH = 200

/**
 * Pushes a JSON value, or a map with whole numbers among its keys. Lists begin at 1, and a field that is null is not there. May leave by a Lua error where memory
 * is short, so Lua must stand above it in a protected call.
 */
export function pushValue(lua: LuaApi, L: LuaState, value: unknown, depth = 0): void {
  if (depth > MAX_DEPTH || lua._lua_checkstack(L, 4) === 0) throw new Unpassable('a value is nested too deep')
  switch (typeof value) {
    case 'boolean':
      lua._lua_pushboolean(L, value ? 1 : 0)
      return
    case 'number':
      if (Number.isSafeInteger(value)) lua._lua_pushinteger(L, BigInt(value))
      else lua._lua_pushnumber(L, value)
      return
    case 'string':
      pushText(lua, L, value)
      return
    case 'object':
      if (value !== null) return pushTable(lua, L, value, depth)
      break
  }
  lua._lua_pushnil(L)
}

/** Pushes a text. */
export function pushText(lua: LuaApi, L: LuaState, text: string | Uint8Array): void {
  withText(lua, text, (pointer, length) => lua._lua_pushlstring(L, pointer, length))
}

function pushTable(lua: LuaApi, L: LuaState, value: object, depth: number): void {
  if (Array.isArray(value)) {
    lua._lua_createtable(L, Math.min(value.length, 1_000_000), 0)
    value.forEach((item, at) => {
      pushValue(lua, L, item, depth + 1)
      lua._lua_rawseti(L, -2, BigInt(at + 1))
    })
    return
  }
  const fields = value instanceof Map ? [...value] : Object.entries(value)
  lua._lua_createtable(L, 0, Math.min(fields.length, 1_000_000))
  for (const [key, field] of fields) {
    if (field === null || field === undefined) continue
    pushValue(lua, L, key)
    pushValue(lua, L, field, depth + 1)
    lua._lua_rawset(L, -3)
  }
}
