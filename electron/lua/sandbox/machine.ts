import { LuaReturn } from 'wasmoon'
import type { FromSandbox } from '../../../shared/protocol/lua-messages.ts'
import { makeAllocator } from './allocator.ts'
import { makeHost } from './host.ts'
import { ALL_RESULTS, type LuaApi, type LuaState, type Pointer, withText } from './lua-api.ts'
import type { ParentLine } from './parent-line.ts'
import prelude from './prelude.lua?raw'
import { readText, readValue } from './read-value.ts'

/** How code ended: see the message `done`. */
export type Ran = Pick<Extract<FromSandbox, { kind: 'done' }>, 'how' | 'result' | 'error'>

export type Machine = {
  /** Runs code; what earlier code left is still there. `name` stands before the lines in messages. */
  run(code: string, name: string): Ran
  /** Bytes that Lua uses. */
  memory(): number
}

/** Where our function to run a chunk stands: at the bottom of the stack. */
const RUNNER = 1

/** After so many instructions we look whether anybody still waits for the script. */
const LOOK_EVERY = 50_000_000
const COUNT_HOOK = 8

/** A Lua of its own, with the libraries that a script may have and what the prelude makes. */
export function makeMachine(lua: LuaApi, parent: ParentLine, memoryLimit: number): Machine {
  const allocator = makeAllocator(lua)
  const L = lua._lua_newstate(allocator.pointer, 0)
  if (L === 0) throw new Error('no memory for Lua')
  openLibraries(lua, L)
  loadText(lua, L, prelude, '=prelude')
  lua._lua_pushcclosure(L, makeHost(lua, parent), 0)
  if (lua._lua_pcallk(L, 1, 1, 0, 0, 0) !== LuaReturn.Ok) throw new Error(`prelude: ${readText(lua, L, -1)}`)
  endWithParent(lua, L)
  allocator.limit(memoryLimit)
  return {
    run(code, name) {
      lua._lua_settop(L, RUNNER)
      lua._lua_pushvalue(L, RUNNER)
      const loaded = loadText(lua, L, code, `=${name}`)
      if (loaded !== LuaReturn.Ok) {
        const error = readText(lua, L, -1)
        return { ...failed(error), how: error.endsWith('<eof>') ? 'unfinished' : 'malformed' }
      }
      // Outside of a protected call an error would end the process, so nothing below runs anything in Lua.
      const ended = lua._lua_pcallk(L, 1, ALL_RESULTS, 0, 0, 0)
      if (ended !== LuaReturn.Ok) return failed(messageAt(lua, L, -1))
      return lua._lua_toboolean(L, RUNNER + 1) === 0 ? failed(messageAt(lua, L, -1)) : returned(lua, L)
    },
    memory: allocator.used,
  }
}

function failed(error: string): Ran {
  return { how: 'failed', result: null, error }
}

function returned(lua: LuaApi, L: LuaState): Ran {
  const result: unknown[] = []
  for (let index = RUNNER + 2; index <= lua._lua_gettop(L); index++) {
    try {
      result.push(readValue(lua, L, index, 'tell'))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return failed(`what the script returned: ${error.message}`)
    }
  }
  return { how: 'returned', result, error: null }
}

function messageAt(lua: LuaApi, L: LuaState, index: number): string {
  const value = readValue(lua, L, index, 'tell')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function loadText(lua: LuaApi, L: LuaState, code: string, name: string): LuaReturn {
  return withText(lua, code, (text, length) =>
    withText(lua, name, chunk =>
      withText(lua, 't', mode => lua._luaL_loadbufferx(L, text, length, chunk, mode)),
    ),
  )
}

/** Neither io, package nor debug, and what else reaches out is taken away by the prelude. */
function openLibraries(lua: LuaApi, L: LuaState): void {
  const libraries: [name: string, open: (L: LuaState) => number][] = [
    ['_G', lua._luaopen_base],
    ['coroutine', lua._luaopen_coroutine],
    ['math', lua._luaopen_math],
    ['os', lua._luaopen_os],
    ['string', lua._luaopen_string],
    ['table', lua._luaopen_table],
    ['utf8', lua._luaopen_utf8],
  ]
  for (const [name, open] of libraries) {
    open(L)
    withText(lua, name, (pointer: Pointer) => lua._lua_setglobal(L, pointer))
  }
}

/** A parent that was killed kills nothing any more: an endless script would run on for good. */
function endWithParent(lua: LuaApi, L: LuaState): void {
  const parent = process.ppid
  const look = lua.addFunction(() => {
    if (process.ppid !== parent) process.exit(0)
    return undefined
  }, 'vii')
  lua._lua_sethook(L, look, COUNT_HOOK, LOOK_EVERY)
}
