import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'
import { visibleText } from '../text/visible.ts'
import type { ApprovalOutcome } from './outcome.ts'
import type { WriteSubject } from './write-subject.ts'

/** Codex pushes the choices of a longer message off the screen. */
const MAX_LINES = 12
const LINE_WIDTH = 100

export type ApprovalForm = {
  message: string
  requestedSchema: {
    type: 'object'
    properties: { decision: { type: 'string'; title: string; enum: string[]; enumNames: string[] } }
    required: string[]
  }
}

/**
 * The form that asks a person in the client's own window; undefined where the whole text does not fit in it, because
 * nobody can approve what they were not shown.
 *
 * A required choice whose first answer is "no": Codex accepts empty forms by itself in its full-access mode and
 * preselects the first choice.
 */
export function approvalForm(subject: WriteSubject): ApprovalForm | undefined {
  const text = visibleText(subject.text)
  const lines = [
    ellipsis(
      `Post to ${cleanLine(subject.place)} as ${cleanLine(subject.author)} on ${subject.server}?`,
      LINE_WIDTH,
    ),
    ellipsis(cleanLine(subject.audience), LINE_WIDTH),
    ...(subject.replyTo === undefined
      ? []
      : [ellipsis(`In reply to ${cleanLine(subject.replyTo)}`, LINE_WIDTH)]),
    ...(subject.wideMentions.length === 0
      ? []
      : [`Notifies everybody: ${subject.wideMentions.map(name => `@${name}`).join(', ')}`]),
    'The whole text:',
    ...text.split('\n').map(line => `> ${line}`),
  ]
  const rows = lines.reduce((sum, line) => sum + rowsOf(line), 0)
  if (rows > MAX_LINES) return undefined
  return {
    message: lines.join('\n'),
    requestedSchema: {
      type: 'object',
      properties: {
        decision: {
          type: 'string',
          title: 'Decision',
          enum: ['deny', 'once'],
          enumNames: ['Do not post', 'Post once'],
        },
      },
      required: ['decision'],
    },
  }
}

/** Letters that take two columns: East Asian ones and emoji. */
const WIDE_LETTER =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\u3000-\u303e\uff01-\uff60]/u

/** The rows that a line takes where the client folds it; a tab may take up to eight columns. */
function rowsOf(line: string): number {
  let columns = 0
  for (const letter of line) columns += letter === '\t' ? 8 : WIDE_LETTER.test(letter) ? 2 : 1
  return Math.max(1, Math.ceil(columns / LINE_WIDTH))
}

/** What came back for a form, from the client and as hostile as anything else. */
export type FormAnswer = { action: string; content?: unknown; meta?: unknown }

/** Quicker than anybody can read: `codex exec` declines forms by itself within 8 ms. */
const NOBODY_IS_THIS_QUICK_MS = 150

/** Reads a form's answer: approved on exactly one value, refused on everything else. */
export function readFormAnswer(answer: FormAnswer, milliseconds: number): ApprovalOutcome {
  if (answer.action === 'cancel') return quick(milliseconds) ?? { kind: 'cancelled', by: 'person' }
  if (answer.action !== 'accept') return quick(milliseconds) ?? { kind: 'denied' }
  if (reviewedByModel(answer.meta)) {
    return { kind: 'unreachable', why: 'the client let a model answer in the place of the person.' }
  }
  return decision(answer.content) === 'once' ? { kind: 'approved' } : { kind: 'denied' }
}

function quick(milliseconds: number): ApprovalOutcome | undefined {
  if (milliseconds >= NOBODY_IS_THIS_QUICK_MS) return undefined
  const why =
    'the client declined by itself without showing the question, as codex exec and full-access modes do.'
  return { kind: 'unreachable', why }
}

function decision(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return undefined
  return Object.hasOwn(content, 'decision') && 'decision' in content ? content.decision : undefined
}

/** Codex names the reviewer when a model and not a person answered. */
function reviewedByModel(meta: unknown): boolean {
  return typeof meta === 'object' && meta !== null && 'approvals_reviewer' in meta
}
