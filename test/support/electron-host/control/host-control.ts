/** A window as the main process knows it. */
export type WindowFacts = {
  id: number
  title: string
  url: string
  visible: boolean
  focused: boolean
  bounds: { x: number; y: number; width: number; height: number }
  /** Calls of what shows outside of the page alone, such as flashFrame. */
  calls: [name: string, ...args: unknown[]][]
  /** Chromium's own id of the page; undefined while there is none. */
  targetId: string | undefined
}

/** What a test in another process can do with a running host. */
export type HostControl = {
  windows(): Promise<WindowFacts[]>
  /** Where Playwright connects to. */
  endpoint(): Promise<string>
  /** Closes a window as a person does at its frame. */
  closeWindow(id: number): void
  crashRenderer(id: number): void
  /**
   * Invokes a channel from a frame as a page in enemy hands could; the frame is the top one, or the first whose address
   * begins with `frame`. @throws what the main process answers
   */
  invokeFrom(id: number, frame: string | undefined, channel: string, args: unknown[]): Promise<unknown>
  quit(): void
}

/** What a host tells the test that started it. */
export type ControlledBy = {
  started(pid: number): void
}
