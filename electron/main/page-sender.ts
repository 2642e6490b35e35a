/** A frame as far as it says who it is; Electron's WebFrameMain is one. */
export type SenderFrame = { readonly url: string; readonly parent: unknown }

/**
 * Whether a message comes from a window's page itself: the top frame, and still the page that it was opened with.
 *
 * @param frame the sender; null where it is gone already
 * @param top the top frame of the window that it came through
 */
export function isPageItself(frame: SenderFrame | null, top: SenderFrame, url: string): boolean {
  return frame !== null && frame === top && frame.parent === null && frame.url === url
}
