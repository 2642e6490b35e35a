import type { Page } from 'playwright-core'
import type * as z from 'zod'
import { KosmoError } from '../../../shared/errors.ts'
import { desktopEvents, desktopMethods } from '../../../shared/protocol/desktop-methods.ts'
import type { Handlers } from '../../../shared/protocol/method-table.ts'
import { surfaceEvents, surfaceMethods } from '../../../shared/protocol/surface-methods.ts'
import {
  APPROVAL_CALLS,
  APPROVAL_EVENTS,
  type CallReply,
  SETTINGS_CALLS,
  SETTINGS_EVENTS,
} from '../../../shared/protocol/window-bridge.ts'

/*
 * The app as a page sees it: `window.kosmo`, answered by a test. This is Electron's border. What is real: the page, the
 * browser, the CSP, and that every call and event is parsed by the method tables, as the main process and the broker
 * do. What is not: contextBridge, ipc, the check of senders, and whatever the broker would have answered.
 */

const METHODS = { ...surfaceMethods, ...desktopMethods }
const EVENTS = { ...surfaceEvents, ...desktopEvents }

export const PAGES = {
  approval: { calls: APPROVAL_CALLS, events: APPROVAL_EVENTS },
  settings: { calls: SETTINGS_CALLS, events: SETTINGS_EVENTS },
} as const

export type PageName = keyof typeof PAGES
type CallName<Name extends PageName> = (typeof PAGES)[Name]['calls'][number]
type EventName<Name extends PageName> = (typeof PAGES)[Name]['events'][number]

/** What a test answers a page's calls with: a result, one that comes later, or a `KosmoError` that is thrown. */
export type AppHandlers<Name extends PageName> = Partial<Pick<Handlers<typeof METHODS>, CallName<Name>>>

export type ScriptedCall = { method: string; params: unknown }

/** The app's end of one page. */
export class ScriptedApp<Name extends PageName> {
  /** Every call of the page so far. */
  readonly calls: ScriptedCall[] = []
  /** What neither the page nor the test should have done. */
  readonly faults: string[] = []
  /** Can be changed at any time. */
  readonly handlers: AppHandlers<Name>
  readonly #name: Name
  readonly #page: Page

  constructor(name: Name, page: Page, handlers: AppHandlers<Name>) {
    this.#name = name
    this.#page = page
    this.handlers = { ...handlers }
  }

  /** Puts `window.kosmo` into the page; before it is opened. */
  async install(): Promise<void> {
    await this.#page.exposeFunction('kosmoTestCall', (method: string, params: unknown) =>
      this.#answer(method, params),
    )
    await this.#page.addInitScript(installBridge, [...PAGES[this.#name].events])
  }

  /** The params of the calls of a method, in order. */
  paramsOf<Call extends CallName<Name>>(method: Call): z.output<(typeof METHODS)[Call]['params']>[] {
    return this.calls
      .filter(call => call.method === method)
      .map(call => METHODS[method].params.parse(call.params) as z.output<(typeof METHODS)[Call]['params']>)
  }

  /** Tells the page something; done once its listeners have run. */
  async emit<Event extends EventName<Name>>(
    event: Event,
    params: z.input<(typeof EVENTS)[Event]['params']>,
  ): Promise<void> {
    const parsed = EVENTS[event].params.parse(params)
    await this.#page.evaluate(([name, value]) => window.kosmoTestEmit(name, value), [event, parsed] as const)
  }

  async #answer(method: string, params: unknown): Promise<CallReply> {
    this.calls.push({ method, params })
    if (!isCallOf(this.#name, method))
      return this.#fault(`the page called ${method}, which it may not`, 'forbidden')
    const parsed = METHODS[method].params.safeParse(params)
    if (!parsed.success)
      return this.#fault(`the page called ${method} with wrong params: ${parsed.error.message}`)
    const handlers: Record<string, ((params: never) => unknown) | undefined> = this.handlers
    const handler = handlers[method]
    if (handler === undefined) return this.#fault(`the page called ${method}, which the test does not answer`)
    try {
      const result = METHODS[method].result.safeParse(await handler(parsed.data as never))
      if (!result.success) return this.#fault(`the test answered ${method} wrongly: ${result.error.message}`)
      return { kind: 'value', value: result.data }
    } catch (error) {
      if (error instanceof KosmoError) return { kind: 'failed', code: error.code, message: error.message }
      return this.#fault(`the test's handler of ${method} failed: ${String(error)}`)
    }
  }

  #fault(what: string, code = 'internal'): CallReply {
    this.faults.push(what)
    return { kind: 'failed', code, message: 'The app could not do that.' }
  }
}

function isCallOf(page: PageName, method: string): method is (typeof PAGES)[PageName]['calls'][number] {
  return PAGES[page].calls.some(name => name === method)
}

declare global {
  interface Window {
    kosmoTestCall(method: string, params: unknown): Promise<CallReply>
    kosmoTestEmit(event: string, params: unknown): void
  }
}

/** Runs in the page, so it stands alone. Frozen, as what contextBridge gives. */
function installBridge(events: string[]): void {
  const listeners = new Map<string, Set<(params: unknown) => void>>()
  const ask = window.kosmoTestCall
  window.kosmoTestEmit = (event, params) => {
    for (const listener of listeners.get(event) ?? []) listener(structuredClone(params))
  }
  const bridge = {
    // A call that cannot be cloned fails here as it does in Electron.
    call: async (method: string, params: unknown) => ask(method, structuredClone(params)),
    on(event: string, listener: (params: unknown) => void) {
      if (!events.includes(event)) return () => undefined
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
  }
  Object.defineProperty(window, 'kosmo', { value: Object.freeze(bridge) })
}
