import type { Answer } from '../../../shared/approvals/approval.ts'
import type { AnswerLine } from '../terminal/ask.ts'

/** What a person's line at the question of a call says. Only the code says yes. @param mayRepeat whether more may follow */
export function answerOf(typed: AnswerLine, code: string, mayRepeat: boolean): Answer {
  const words = typed.kind === 'line' ? typed.text.trim().toLowerCase().split(/\s+/) : []
  if (words[0] !== code) return { kind: 'deny' }
  if (words.length === 1) return { kind: 'approve', span: 'once', reach: 'channel' }
  return mayRepeat && words.length === 2 && words[1] === 'all'
    ? { kind: 'approve', span: 'session', reach: 'channel' }
    : { kind: 'deny' }
}
