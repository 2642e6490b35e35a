import { type LuaReturn, type LuaType, LuaWasm } from 'wasmoon'

/** A pointer into the memory of the WebAssembly module; 0 is none. */
export type Pointer = number

/** A Lua thread, as every function of Lua's C API takes it first. */
export type LuaState = Pointer

/** Lua's C API as far as we use it, without wasmoon's conversions: those end texts at a zero byte. */
type LuaFunctions = {
  _malloc(size: number): Pointer
  _realloc(pointer: Pointer, size: number): Pointer
  _free(pointer: Pointer): void
  _lua_newstate(allocator: Pointer, data: Pointer): LuaState
  _lua_sethook(L: LuaState, hook: Pointer, mask: number, count: number): void
  _lua_checkstack(L: LuaState, slots: number): number
  _lua_absindex(L: LuaState, index: number): number
  _lua_gettop(L: LuaState): number
  _lua_settop(L: LuaState, index: number): void
  _lua_pushvalue(L: LuaState, index: number): void
  _lua_type(L: LuaState, index: number): LuaType
  _lua_isinteger(L: LuaState, index: number): number
  _lua_tonumberx(L: LuaState, index: number, isNumber: Pointer): number
  _lua_tointegerx(L: LuaState, index: number, isInteger: Pointer): bigint
  _lua_toboolean(L: LuaState, index: number): number
  _lua_tolstring(L: LuaState, index: number, length: Pointer): Pointer
  _lua_topointer(L: LuaState, index: number): Pointer
  _lua_pushnil(L: LuaState): void
  _lua_pushnumber(L: LuaState, value: number): void
  _lua_pushinteger(L: LuaState, value: bigint): void
  _lua_pushlstring(L: LuaState, text: Pointer, length: number): Pointer
  _lua_pushcclosure(L: LuaState, fn: Pointer, upvalues: number): void
  _lua_pushboolean(L: LuaState, value: number): void
  _lua_getglobal(L: LuaState, name: Pointer): LuaType
  _lua_setglobal(L: LuaState, name: Pointer): void
  _lua_createtable(L: LuaState, items: number, fields: number): void
  _lua_rawset(L: LuaState, index: number): void
  _lua_rawseti(L: LuaState, index: number, key: bigint): void
  _lua_next(L: LuaState, index: number): number
  _lua_pcallk(
    L: LuaState,
    args: number,
    results: number,
    handler: number,
    context: number,
    k: Pointer,
  ): LuaReturn
  _luaL_loadbufferx(L: LuaState, text: Pointer, length: number, name: Pointer, mode: Pointer): LuaReturn
  _luaopen_base(L: LuaState): number
  _luaopen_coroutine(L: LuaState): number
  _luaopen_math(L: LuaState): number
  _luaopen_os(L: LuaState): number
  _luaopen_string(L: LuaState): number
  _luaopen_table(L: LuaState): number
  _luaopen_utf8(L: LuaState): number
}

export type LuaApi = LuaFunctions & {
  /** The memory as it is now; it is another one after the memory has grown. */
  memory(): Uint8Array
  /** Makes a function of ours callable from Lua; `signature` has a letter for its result and each argument. */
  addFunction(fn: (...args: number[]) => number | undefined, signature: string): Pointer
}

/** Every result that a call gives. */
export const ALL_RESULTS = -1

/** Compiles and starts the WebAssembly module of a file. */
export async function loadLua(file: string): Promise<LuaApi> {
  const { module } = await LuaWasm.initialize(file)
  const functions = module as unknown as LuaFunctions & {
    HEAPU8: Uint8Array
    addFunction: LuaApi['addFunction']
  }
  return Object.assign(Object.create(functions) as LuaFunctions, {
    memory: () => functions.HEAPU8,
    addFunction: (fn: (...args: number[]) => number | undefined, signature: string) =>
      functions.addFunction(fn, signature),
  })
}

/** Runs something with a text in the module's memory, ended by a zero byte. */
export function withText<Result>(
  lua: LuaApi,
  text: string | Uint8Array,
  use: (pointer: Pointer, length: number) => Result,
): Result {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const pointer = lua._malloc(bytes.length + 1)
  if (pointer === 0) throw new Error('not enough memory')
  const memory = lua.memory()
  memory.set(bytes, pointer)
  memory[pointer + bytes.length] = 0
  try {
    return use(pointer, bytes.length)
  } finally {
    lua._free(pointer)
  }
}
