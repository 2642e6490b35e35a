import type { Call } from '../system/calls.ts'
import type { DialogName } from '../system/dialog.ts'

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

/** A notification as the app made it. */
export type NotificationFacts = {
  /** The app's own name of it. */
  id: string
  /** The daemon's number of it; undefined before it answered. */
  number: number | undefined
  state: 'new' | 'shown' | 'closed' | 'failed'
  title: string
  body: string
  buttons: string[]
  urgency: string
  timeoutType: string
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
  /** All that were shown, oldest first. */
  notifications(): NotificationFacts[]
  /** Calls of shell, clipboard, dialog and the like, oldest first. */
  calls(): Call[]
  /** What the person answers to the dialog of that name that is open, else to the next one. */
  answerDialog(name: DialogName, answer: unknown): void
  /** The person chooses dark or light for the whole system. */
  setSystemDark(isDark: boolean): void
  /** The machine is locked, falls asleep and the like: events of powerMonitor. */
  powerEvent(name: string): void
  quit(): void
}

/** What a host tells the test that started it. */
export type ControlledBy = {
  started(pid: number): void
}
