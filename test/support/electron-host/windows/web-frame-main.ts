import type { CDPSession } from 'playwright-core'
import { encode } from '../page/codec.ts'
import { FROM_MAIN, RAW_INVOKE } from '../page/page-scripts.ts'
import type { ToPage } from '../page/preload-modules.ts'
import { fromChromium } from '../protocol/origins.ts'
import { strictEmitter } from '../strict.ts'

/** What Chromium tells of a frame. */
export type FrameFacts = {
  id: string
  parentId?: string | undefined
  loaderId: string
  url: string
  name?: string | undefined
}

export type FrameTree = {
  session: CDPSession
  parentOf(frame: WebFrameMain): WebFrameMain | null
  childrenOf(frame: WebFrameMain): WebFrameMain[]
}

type Done = Pick<
  Electron.WebFrameMain,
  | 'detached'
  | 'frameToken'
  | 'frameTreeNodeId'
  | 'isDestroyed'
  | 'name'
  | 'origin'
  | 'processId'
  | 'routingId'
  | 'send'
  | 'url'
>

let last = 0

/** One document in a frame of a window. */
export class WebFrameMain extends strictEmitter('WebFrameMain', ['dom-ready']) implements Done {
  readonly #tree: FrameTree
  readonly facts: FrameFacts
  readonly processId = process.pid
  readonly routingId = ++last
  readonly frameTreeNodeId = last
  /** The isolated world of its preload, once there is one. */
  world: number | undefined
  #destroyed = false

  constructor(tree: FrameTree, facts: FrameFacts) {
    super()
    this.#tree = tree
    this.facts = facts
  }

  get url(): string {
    return fromChromium(this.facts.url)
  }

  get origin(): string {
    return fromChromium(new URL(this.facts.url).origin)
  }

  get name(): string {
    return this.facts.name ?? ''
  }

  get frameToken(): string {
    return this.facts.id
  }

  get detached(): boolean {
    return this.#destroyed
  }

  get parent(): WebFrameMain | null {
    return this.#tree.parentOf(this)
  }

  get top(): WebFrameMain | null {
    return this.parent === null ? this : this.parent.top
  }

  get frames(): WebFrameMain[] {
    return this.#tree.childrenOf(this)
  }

  get framesInSubtree(): WebFrameMain[] {
    return [this, ...this.frames.flatMap(frame => frame.framesInSubtree)]
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  /** Its document was replaced or its frame removed. */
  destroy(): void {
    this.#destroyed = true
    this.world = undefined
  }

  send(channel: string, ...args: unknown[]): void {
    void this.tell({ kind: 'message', channel, args: encode(args) })
  }

  /** Nothing comes of it where the document is gone, as in Electron. */
  async tell(message: ToPage): Promise<void> {
    const expression = `${FROM_MAIN}(${JSON.stringify(JSON.stringify(message))})`
    await this.#evaluate(expression).catch(() => undefined)
  }

  /** What comes of an invoke that no preload makes. @throws what the main process answers it with */
  async rawInvoke(channel: string, args: readonly unknown[]): Promise<string> {
    const call = `${RAW_INVOKE}(${JSON.stringify(channel)}, ${JSON.stringify(encode(args))})`
    const { result, exceptionDetails } = await this.#evaluate(call)
    if (exceptionDetails !== undefined) {
      const [first = ''] = (exceptionDetails.exception?.description ?? '').split('\n    at ')
      throw new Error(first.replace(/^Error: /, ''))
    }
    return result.value
  }

  #evaluate(expression: string) {
    if (this.world === undefined) throw new Error(`The frame ${this.url} has no preload's world.`)
    return this.#tree.session.send('Runtime.evaluate', {
      expression,
      contextId: this.world,
      awaitPromise: true,
      returnByValue: true,
    })
  }
}
