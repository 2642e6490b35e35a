import type { CallReply, WindowBridge } from '../../shared/protocol/window-bridge.ts'

declare global {
  interface Window {
    /** From the preload of this page; the only way out of it. */
    readonly kosmo: WindowBridge
  }
}

/** A call that the app answered with a failure. `message` is a sentence for the person. */
export class CallFailed extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'CallFailed'
    this.code = code
  }
}

type Remotes = Record<string, (params: never) => Promise<unknown>>

/** The methods that this page may call. Each fails with `CallFailed` and nothing else. */
export function openRemote<Methods extends Remotes>(
  names: readonly (keyof Methods & string)[],
  bridge: WindowBridge = window.kosmo,
): Methods {
  const calls = names.map(name => [
    name,
    async (params: unknown) => {
      const reply: CallReply = await bridge
        .call(name, params)
        .catch(() => ({ kind: 'failed', code: 'internal', message: 'The app did not answer. Restart it.' }))
      if (reply.kind === 'failed') throw new CallFailed(reply.code, reply.message)
      return reply.value
    },
  ])
  return Object.fromEntries(calls)
}

/** Listens to what the app tells this page. @returns what ends it */
export function listen<Listeners extends Record<string, (params: never) => void>>(
  listeners: Partial<Listeners>,
  bridge: WindowBridge = window.kosmo,
): () => void {
  const ends = Object.entries(listeners).map(([event, listener]) =>
    bridge.on(event, params => (listener as ((params: unknown) => void) | undefined)?.(params)),
  )
  return () => {
    for (const end of ends) end()
  }
}
