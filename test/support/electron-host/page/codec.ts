/*
 * Values between the main process and a page, as text: all that a structured clone keeps. This file is also run in the
 * page as it stands, so it imports nothing.
 */

type Node = [kind: string, ...parts: unknown[]]

type View = {
  readonly name: string
  new (buffer: ArrayBuffer, offset: number, length: number): ArrayBufferView
}

const VIEWS: readonly View[] = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
]

/** A structured clone of the value as text. @throws with Electron's words where a part of it cannot be cloned */
export function encode(value: unknown): string {
  let clone: unknown
  try {
    clone = structuredClone(value)
  } catch {
    throw new Error('An object could not be cloned.')
  }
  const nodes: Node[] = []
  const seen = new Map<unknown, number>()
  const place = (part: unknown): number => {
    const known = seen.get(part)
    if (known !== undefined) return known
    const index = nodes.length
    nodes.push(['undefined'])
    if (typeof part === 'object' && part !== null) seen.set(part, index)
    nodes[index] = describe(part, place)
    return index
  }
  place(clone)
  return JSON.stringify(nodes)
}

function describe(part: unknown, place: (part: unknown) => number): Node {
  switch (typeof part) {
    case 'undefined':
      return ['undefined']
    case 'bigint':
      return ['bigint', String(part)]
    case 'number':
      return Number.isFinite(part) && !Object.is(part, -0)
        ? ['plain', part]
        : ['number', Object.is(part, -0) ? '-0' : String(part)]
    case 'object':
      return part === null ? ['plain', null] : describeObject(part, place)
    default:
      return ['plain', part]
  }
}

function describeObject(part: object, place: (part: unknown) => number): Node {
  if (Array.isArray(part))
    return ['array', part.length, Object.entries(part).map(([key, each]) => [key, place(each)])]
  if (part instanceof Date) return ['date', Number.isNaN(part.getTime()) ? null : part.getTime()]
  if (part instanceof RegExp) return ['regexp', part.source, part.flags]
  if (part instanceof Map) return ['map', [...part].map(([key, each]) => [place(key), place(each)])]
  if (part instanceof Set) return ['set', [...part].map(place)]
  if (part instanceof Error) return ['error', part.name, part.message, part.stack, place(part.cause)]
  if (part instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(part))]
  if (ArrayBuffer.isView(part)) {
    const length = 'length' in part ? part.length : part.byteLength
    return ['view', viewName(part), place(part.buffer), part.byteOffset, length]
  }
  const kind = Object.prototype.toString.call(part)
  if (kind !== '[object Object]') throw new Error(`The Electron host for tests does not do ${kind} over ipc.`)
  return ['object', Object.entries(part).map(([key, each]) => [key, place(each)])]
}

/** What encode was given, cloned. */
export function decode(text: string): unknown {
  const nodes: Node[] = JSON.parse(text)
  const made = new Map<number, unknown>()
  const make = (index: number): unknown => {
    if (made.has(index)) return made.get(index)
    const [kind, ...parts] = nodes[index] ?? ['undefined']
    const keep = <T>(value: T): T => {
      made.set(index, value)
      return value
    }
    switch (kind) {
      case 'undefined':
        return undefined
      case 'bigint':
        return BigInt(parts[0] as string)
      case 'number':
        return Number(parts[0])
      case 'date':
        return keep(new Date(parts[0] === null ? Number.NaN : (parts[0] as number)))
      case 'regexp':
        return keep(new RegExp(parts[0] as string, parts[1] as string))
      case 'buffer':
        return keep(fromBase64(parts[0] as string).buffer)
      case 'view': {
        const View = VIEWS.find(each => each.name === parts[0]) ?? Uint8Array
        const [, buffer, offset, length] = parts as [string, number, number, number]
        return keep(new View(make(buffer) as ArrayBuffer, offset, length))
      }
      case 'error':
        return keep(madeError(parts, make))
      case 'map': {
        const map = keep(new Map())
        for (const [key, each] of parts[0] as [number, number][]) map.set(make(key), make(each))
        return map
      }
      case 'set': {
        const set = keep(new Set())
        for (const each of parts[0] as number[]) set.add(make(each))
        return set
      }
      case 'array': {
        const array = keep(new Array(parts[0] as number))
        define(array, parts[1] as [string, number][], make)
        return array
      }
      case 'object': {
        const object = keep({})
        define(object, parts[0] as [string, number][], make)
        return object
      }
      default:
        return parts[0]
    }
  }
  return make(0)
}

function madeError(parts: unknown[], make: (index: number) => unknown): Error {
  const [name, message, stack, causeIndex] = parts as [string, string, string, number]
  const cause = make(causeIndex)
  const error = cause === undefined ? new Error(message) : new Error(message, { cause })
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true })
  return error
}

function define(target: object, entries: [string, number][], make: (index: number) => unknown): void {
  for (const [key, each] of entries) {
    // Plain assignment would take "__proto__" for something else.
    Object.defineProperty(target, key, {
      value: make(each),
      configurable: true,
      enumerable: true,
      writable: true,
    })
  }
}

function viewName(view: ArrayBufferView): string {
  return Object.prototype.toString.call(view).slice('[object '.length, -1)
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0))
}
