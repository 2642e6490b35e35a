import { decideWindowCall, type WindowKind } from '../../shared/desktop/window-calls.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { DesktopHandlers } from '../../shared/protocol/desktop-methods.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import { MAX_FRAME_BYTES } from '../../shared/protocol/version.ts'
import type { CallReply } from '../../shared/protocol/window-bridge.ts'

/** What answers the calls of one window. */
export type WindowAnswers = { broker: SurfaceHandlers; desktop: DesktopHandlers }

export type GateOptions = {
  answersOf(window: WindowKind): WindowAnswers
  /** One line about a fault of ours; never with values in it. */
  report(line: string): void
}

type Answer = (params: unknown) => unknown

/**
 * Answers a call of a window whose page was found to be the sender. Everything in it is hostile until parsed: a page
 * that shows what strangers wrote may have become one of theirs.
 */
export async function answerWindowCall(
  { answersOf, report }: GateOptions,
  window: WindowKind,
  name: unknown,
  given: unknown,
): Promise<CallReply> {
  const decided = decideWindowCall(window, name)
  if (decided.kind === 'refused') return failed('forbidden', decided.why)
  if (!isOfSize(given)) return failed('invalid_input', 'This is more than a window may say at once.')
  const params = decided.method.params.safeParse(given)
  if (!params.success) return failed('invalid_input', `${decided.name} does not take these values.`)
  try {
    const answers = answersOf(window)
    const handlers: Record<string, unknown> = decided.kind === 'broker' ? answers.broker : answers.desktop
    const answer = handlers[decided.name] as Answer
    return { kind: 'value', value: decided.method.result.parse(await answer(params.data)) }
  } catch (error) {
    if (error instanceof KosmoError) return failed(error.code, error.message)
    report(`internal fault in ${decided.name}: ${error instanceof Error ? error.name : typeof error}`)
    return failed('internal', 'KosmoKrator had a fault of its own. If it stays, restart it and report it.')
  }
}

/** A structured clone may be anything; what is no JSON, or too long, never gets to a schema. */
function isOfSize(given: unknown): boolean {
  try {
    return (JSON.stringify(given) ?? '').length <= MAX_FRAME_BYTES
  } catch {
    return false
  }
}

function failed(code: string, message: string): CallReply {
  return { kind: 'failed', code, message }
}
