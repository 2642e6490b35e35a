/*
 * contextBridge between a page and the isolated world of its preload: values are cloned, functions and promises are
 * reached through stand-ins. Both worlds run this file as it stands, so it imports nothing. They meet at events whose
 * name only they know; an event runs its listeners in both worlds at once and clones its detail, so a call across is a
 * plain call, as in Electron.
 */

type Message =
  | { kind: 'expose'; key: string; value: unknown }
  | { kind: 'call'; id: number; args: unknown }
  | { kind: 'settle'; id: number; failed: boolean; value: unknown }

type Answer = { failed: boolean; value: unknown }

type Settle = { resolve(value: unknown): void; reject(reason: unknown): void }

type World = EventTarget & Record<string, unknown>

/** One side of the bridge; `expose` is for the preload's. */
export function connectWorlds(secret: string, side: 'page' | 'preload') {
  const world = globalThis as unknown as World
  const NewEvent = CustomEvent
  const dispatch = world.dispatchEvent.bind(world)
  const [outward, inward] = side === 'page' ? [`${secret}-1`, `${secret}-2`] : [`${secret}-2`, `${secret}-1`]
  const functions = new Map<number, (...args: unknown[]) => unknown>()
  const promises = new Map<number, Settle>()
  let last = 0
  let answer: Answer | undefined

  const ask = (message: Message): unknown => {
    answer = undefined
    dispatch(new NewEvent(outward, { detail: message }))
    const given = answer as Answer | undefined
    answer = undefined
    if (given === undefined) throw new Error('The other world of this page does not answer.')
    const value = receive(given.value)
    if (given.failed) throw value
    return value
  }

  const pack = (value: unknown, seen = new Map<object, unknown>()): unknown => {
    if (typeof value === 'function') {
      functions.set(++last, value as (...args: unknown[]) => unknown)
      return { [secret]: 'function', id: last }
    }
    if (typeof value !== 'object' || value === null) return value
    const known = seen.get(value)
    if (known !== undefined) return known
    if (value instanceof Promise) {
      const id = ++last
      const settle = (failed: boolean) => (result: unknown) => {
        ask({ kind: 'settle', id, failed, value: send(result) })
      }
      value.then(settle(false), settle(true))
      return { [secret]: 'promise', id }
    }
    if (!Array.isArray(value) && Object.prototype.toString.call(value) !== '[object Object]') return value
    const copy: object = Array.isArray(value) ? [] : {}
    seen.set(value, copy)
    for (const [key, each] of Object.entries(value)) {
      Object.defineProperty(copy, key, { value: pack(each, seen), enumerable: true, writable: true })
    }
    return copy
  }

  /** @throws with Electron's words what cannot be cloned */
  const send = (value: unknown): unknown => {
    try {
      return structuredClone(pack(value))
    } catch {
      throw new Error('An object could not be cloned.')
    }
  }

  const receive = (value: unknown, seen = new Set<object>()): unknown => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return value
    const { [secret]: kind, id } = value as Record<string, unknown>
    if (kind === 'function')
      return (...args: unknown[]) => ask({ kind: 'call', id: Number(id), args: send(args) })
    if (kind === 'promise') {
      return new Promise((resolve, reject) => promises.set(Number(id), { resolve, reject }))
    }
    seen.add(value)
    if (Array.isArray(value) || Object.prototype.toString.call(value) === '[object Object]') {
      for (const [key, each] of Object.entries(value)) {
        Object.defineProperty(value, key, { value: receive(each, seen) })
      }
    }
    return value
  }

  const handle = (message: Message): unknown => {
    if (message.kind === 'call') return functions.get(message.id)?.(...(receive(message.args) as unknown[]))
    const value = receive(message.value)
    if (message.kind === 'settle') {
      const settle = promises.get(message.id)
      promises.delete(message.id)
      if (message.failed) settle?.reject(value)
      else settle?.resolve(value)
      return undefined
    }
    if (message.key in world) {
      throw new Error('Cannot bind an API on top of an existing property on the window object')
    }
    Object.defineProperty(world, message.key, { value: frozen(value), enumerable: true })
    return undefined
  }

  world.addEventListener(inward, event => {
    const { detail } = event as CustomEvent
    let reply: Answer
    try {
      reply = { failed: false, value: send(handle(detail)) }
    } catch (error) {
      reply = { failed: true, value: error }
    }
    dispatch(new NewEvent(`${outward}-answer`, { detail: reply }))
  })
  world.addEventListener(`${inward}-answer`, event => {
    answer = (event as CustomEvent).detail
  })

  return {
    /** contextBridge.exposeInMainWorld. */
    expose: (key: string, value: unknown) => ask({ kind: 'expose', key, value: send(value) }),
  }
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (ArrayBuffer.isView(value)) return value
  Object.freeze(value)
  for (const each of Object.values(value)) frozen(each)
  return value
}
