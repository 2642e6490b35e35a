/** What we use of the x11 package, which has no types of its own. */
declare module 'x11' {
  import type { EventEmitter } from 'node:events'

  export type Property = { type: number; format: number; data: Buffer }

  type Answer<T> = (error: Error | null, value: T) => void

  export interface XClient extends EventEmitter {
    InternAtom(onlyIfExists: boolean, name: string, done: Answer<number>): void
    GetProperty(
      remove: 0,
      window: number,
      name: number,
      type: number,
      offset: number,
      length: number,
      done: Answer<Property>,
    ): void
    GetWindowAttributes(window: number, done: Answer<{ mapState: number }>): void
    ChangeWindowAttributes(window: number, values: { eventMask: number }): void
    AllocID(): number
    CreateWindow(
      id: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
      border: number,
      depth: number,
      kind: number,
      visual: number,
      values: { backgroundPixel: number },
    ): void
    ChangeProperty(mode: 0, window: number, name: number, type: number, units: 8, data: Buffer): void
    MapWindow(window: number): void
    UnmapWindow(window: number): void
    SendEvent(destination: number, propagate: boolean, eventMask: number, event: Buffer): void
    terminate(): void
  }

  export type Display = { client: XClient; screen: { root: number }[] }

  const x11: {
    createClient(options: { display: string }, done: (error: Error | null, display: Display) => void): XClient
  }
  export default x11
}
