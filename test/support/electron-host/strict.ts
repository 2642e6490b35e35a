import { EventEmitter } from 'node:events'

/** Asked of any value by await, JSON, inspection and assertions; they mean nothing by it. */
const ASKED_OF_ANYTHING = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', 'inspect', 'domain'])

/** Says what part of Electron this host lacks, at the moment that somebody reaches for it. */
export class NotDone extends Error {
  constructor(what: string) {
    super(`The Electron host for tests does not do ${what}.`)
    this.name = 'NotDone'
  }
}

/** @throws NotDone for each of the given options that has no meaning here */
export function refuseOthers(what: string, given: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !known.includes(name)) throw new NotDone(`${what} with "${name}"`)
  }
}

/** The same object, except that a part which it lacks throws NotDone and never is undefined. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      refuse(name, object, key)
      return Reflect.get(object, key, receiver)
    },
    set(object, key, value, receiver) {
      refuse(name, object, key)
      return Reflect.set(object, key, value, receiver)
    },
  })
}

/** Stands for a whole module or class that this host lacks. */
export function absent(name: string): object {
  const refusal = (): never => {
    throw new NotDone(name)
  }
  return new Proxy(class {}, {
    get: (_, key) => (isQuiet(key) ? undefined : refusal()),
    set: refusal,
    apply: refusal,
    construct: refusal,
  })
}

/**
 * A base class for emitters: unknown members and unknown events throw NotDone.
 *
 * @param events what it emits, or what Electron emits and cannot happen here
 */
export function strictEmitter(name: string, events: readonly string[] | 'any'): typeof EventEmitter {
  class Emitter extends EventEmitter {
    override on(event: string | symbol, listener: () => void): this {
      if (events !== 'any' && typeof event === 'string' && !events.includes(event)) {
        throw new NotDone(`the "${event}" event of ${name}`)
      }
      return super.on(event, listener)
    }

    override addListener(event: string | symbol, listener: () => void): this {
      return this.on(event, listener)
    }
  }
  // The last in the chain of prototypes is asked for what none before it has.
  Object.setPrototypeOf(Emitter.prototype, strict(name, EventEmitter.prototype))
  return Emitter as unknown as typeof EventEmitter
}

/** A base class: members that a class lacks throw NotDone. */
export function strictBase(name: string): new () => object {
  class Base {}
  Object.setPrototypeOf(Base.prototype, strict(name, Object.create(Object.prototype)))
  return Base
}

function refuse(name: string, object: object, key: string | symbol): void {
  if (key in object || isQuiet(key)) return
  throw new NotDone(`${name}.${String(key)}`)
}

function isQuiet(key: string | symbol): boolean {
  return typeof key === 'symbol' || ASKED_OF_ANYTHING.has(key)
}
