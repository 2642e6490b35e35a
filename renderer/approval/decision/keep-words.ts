import type { Approval } from '../../../shared/approvals/approval.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import { clientLabel, folderLabel } from '../../../shared/desktop/labels.ts'
import { isolated } from '../../ui/isolated.ts'
import type { Keep } from '../desk/desk.ts'

type Span = Exclude<Keep['span'], 'once'>

/** How long an approval can be remembered, the shortest first. */
export const KEPT_SPANS = ['session', '1h', '8h', 'always'] as const satisfies readonly Span[]

const FOR: Record<Span, string> = {
  session: 'for the rest of this session',
  '1h': 'for 1 hour',
  '8h': 'for 8 hours',
  always: 'always',
}

/** An approval's memory as an option behind "If I approve". */
export function keepOption({ span, reach }: Keep, { asker, subject }: Approval, home: string): string {
  if (span === 'once') return 'just this once'
  const where = reach === 'channel' ? `in ${isolated(subject.place, 40)}` : 'in EVERY channel'
  if (span !== 'always') return `also ${FOR[span]}, ${where}`
  return `always, for ${label(asker)} in ${folder(asker.workspace, home)}, ${where}`
}

/** The same as the sentence that says all of it: who may do what from then on, where, until when. */
export function keepSentence(keep: Keep, { asker, subject }: Approval, home: string): string {
  if (keep.span === 'once') return 'Nothing is remembered: the next post is asked about again.'
  const who = `${label(asker)} in ${folder(asker.workspace, home)}`
  const author = isolated(subject.author, 40)
  const where =
    keep.reach === 'channel'
      ? `to ${isolated(subject.place, 40)} as ${author}`
      : `anywhere ${author} can on ${isolated(subject.server, 60)}, direct messages too,`
  return `${until(keep.span, label(asker))} ${who} posts ${where} without asking you. What notifies everybody is still asked about.`
}

/** How long as a choice of its own. */
export function spanWords(span: Span): string {
  const words = FOR[span]
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

function until(span: Span, client: string): string {
  switch (span) {
    case 'session':
      return `Until this session of ${client} ends,`
    case '1h':
      return 'For 1 hour,'
    case '8h':
      return 'For 8 hours,'
    case 'always':
      return 'From now on, until you take it back in the settings,'
    default:
      return assertNever(span)
  }
}

function label({ client }: Approval['asker']): string {
  return isolated(clientLabel(client), 40)
}

function folder(workspace: string, home: string): string {
  return isolated(folderLabel(workspace, home), 60)
}
