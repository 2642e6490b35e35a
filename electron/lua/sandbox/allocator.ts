import type { LuaApi, Pointer } from './lua-api.ts'

export type Allocator = {
  /** As Lua takes it. */
  pointer: Pointer
  /** Bytes in use now. */
  used(): number
  /** Lua may use this many bytes from here on. */
  limit(bytes: number): void
}

/** Lua's memory, counted and limited: what is over the limit is a Lua error, "not enough memory". */
export function makeAllocator(lua: LuaApi): Allocator {
  let used = 0
  let limit = Number.POSITIVE_INFINITY
  const allocate = (_data = 0, pointer: Pointer = 0, oldSize = 0, newSize = 0): Pointer => {
    // Sizes above 2 GB come as negative numbers. For a new block, `oldSize` says of what type it is.
    const [before, after] = [pointer === 0 ? 0 : oldSize >>> 0, newSize >>> 0]
    if (after === 0) {
      used -= before
      lua._free(pointer)
      return 0
    }
    if (after > before && used + after - before > limit) return 0
    const moved = lua._realloc(pointer, newSize)
    if (moved !== 0) used += after - before
    return moved
  }
  return {
    pointer: lua.addFunction(allocate, 'iiiii'),
    used: () => used,
    limit(bytes) {
      limit = bytes
    },
  }
}
