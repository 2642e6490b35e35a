import { readErrorLine } from '../../../shared/errors.ts'
import type { OwnResult } from './own-session.ts'

/** How a call of a function ended. */
export type CallEnd =
  | { kind: 'done'; data: Record<string, unknown>; text: string }
  /** `code`: one of ours, or what became of the question to a person; `facts`: that and what a server said. */
  | { kind: 'failed'; code: string; message: string; facts: string[] }
  /** Nobody has answered yet; the same call again goes on waiting. */
  | { kind: 'pending'; message: string }

/** What a tool's result says. */
export function endOf({ content, structuredContent, isError }: OwnResult): CallEnd {
  const text = content.map(part => part.text).join('\n')
  if (isError !== true) {
    return structuredContent?.status === 'pending_approval'
      ? { kind: 'pending', message: text }
      : { kind: 'done', data: structuredContent ?? {}, text }
  }
  const { message = text, facts = ['internal'] } = readErrorLine(text) ?? {}
  return { kind: 'failed', code: facts[0] ?? 'internal', message, facts }
}

/** A failure on one line, as commands print it: `There is no such channel. [not_found, HTTP 404]`. */
export function failureLine({ message, facts }: Extract<CallEnd, { kind: 'failed' }>): string {
  return `${message} [${facts.join(', ')}]`
}
