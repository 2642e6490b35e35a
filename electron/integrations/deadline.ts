/** One signal for a caller's abort and a deadline; `clear` once the work has ended. */
export type Deadline = {
  signal: AbortSignal
  /** Who ended it, where somebody did: the caller, or the time that one of us set. */
  reason(): 'cancelled' | 'deadline' | undefined
  clear(): void
}

/**
 * Starts a deadline. `AbortSignal.timeout` would keep each timer, and with `AbortSignal.any` all that hangs on it, for
 * its whole time after the work has ended.
 */
export function startDeadline(caller: AbortSignal, milliseconds: number): Deadline {
  const controller = new AbortController()
  let late = false
  const abort = () => controller.abort(caller.reason)
  const timer = setTimeout(() => {
    late = true
    controller.abort(new DOMException('The deadline has passed.', 'TimeoutError'))
  }, milliseconds)
  if (caller.aborted) abort()
  else caller.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    reason() {
      if (late) return 'deadline'
      if (!caller.aborted) return undefined
      return caller.reason instanceof Error && caller.reason.name === 'TimeoutError'
        ? 'deadline'
        : 'cancelled'
    },
    clear() {
      clearTimeout(timer)
      caller.removeEventListener('abort', abort)
    },
  }
}
