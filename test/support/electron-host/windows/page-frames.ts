import type { CDPSession } from 'playwright-core'
import { PRELOAD_WORLD } from '../page/page-scripts.ts'
import { type FrameFacts, type FrameTree, WebFrameMain } from './web-frame-main.ts'

/** The frames of one page, kept as Chromium tells of them. */
export class PageFrames implements FrameTree {
  readonly session: CDPSession
  readonly #frames = new Map<string, WebFrameMain>()
  #top: WebFrameMain

  private constructor(session: CDPSession, top: FrameFacts) {
    this.session = session
    this.#top = this.#add(top)
    session.on('Page.frameNavigated', ({ frame }) => {
      const added = this.#add(frame)
      if (frame.parentId === undefined) this.#top = added
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.#frames.get(frameId)
      if (frame !== undefined) frame.facts.url = url
    })
    session.on('Page.frameDetached', ({ frameId }) => this.#remove(frameId))
    session.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      const frame = this.#frames.get(String(auxData?.frameId))
      if (frame !== undefined && name === PRELOAD_WORLD) frame.world = id
    })
  }

  static async of(session: CDPSession): Promise<PageFrames> {
    await session.send('Page.enable')
    const { frameTree } = await session.send('Page.getFrameTree')
    const frames = new PageFrames(session, frameTree.frame)
    await session.send('Runtime.enable')
    return frames
  }

  get top(): WebFrameMain {
    return this.#top
  }

  /** The frame whose preload's world that is. */
  inWorld(id: number): WebFrameMain | undefined {
    return [...this.#frames.values()].find(frame => frame.world === id)
  }

  parentOf({ facts }: WebFrameMain): WebFrameMain | null {
    return facts.parentId === undefined ? null : (this.#frames.get(facts.parentId) ?? null)
  }

  childrenOf({ facts }: WebFrameMain): WebFrameMain[] {
    return [...this.#frames.values()].filter(frame => frame.facts.parentId === facts.id)
  }

  #add({ id, parentId, loaderId, url, name }: FrameFacts): WebFrameMain {
    this.#frames.get(id)?.destroy()
    const frame = new WebFrameMain(this, { id, parentId, loaderId, url, name })
    this.#frames.set(id, frame)
    return frame
  }

  #remove(id: string): void {
    for (const frame of [...this.#frames.values()])
      if (frame.facts.parentId === id) this.#remove(frame.facts.id)
    this.#frames.get(id)?.destroy()
    this.#frames.delete(id)
  }
}
