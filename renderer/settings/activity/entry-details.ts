import type { AuditEntry } from '../../../shared/audit/entry.ts'
import { count } from '../words/count-words.ts'
import { exact } from '../words/time-words.ts'

export type Detail = { label: string; value: string; isCode: boolean }

const KINDS: Record<AuditEntry['kind'], string> = {
  call: 'a call of an agent',
  decision: 'a decision on a post',
  change: 'a change of what is allowed',
}

/** What an entry says, each with its label; what it does not say is left out. */
export function detailsOf(entry: AuditEntry): Detail[] {
  const { at, kind, client, workspace, session, account, target, decision, by, outcome, approval } = entry
  const { ms, characters, hash, prev } = entry
  const rows: [string, string | undefined, boolean?][] = [
    ['When', `${exact(Date.parse(at))} (${at})`],
    ['What', KINDS[kind]],
    ['Client', client],
    ['Folder', workspace, true],
    ['Account', account],
    ['Function', entry.function, true],
    ['About', target, true],
    ['Decision', decision],
    ['By', by],
    ['Outcome', outcome],
    ['Took', ms === undefined ? undefined : `${ms} ms`],
    ['Length', characters === undefined ? undefined : count(characters, 'character')],
    ['Approval', approval, true],
    ['Session', session, true],
    ['Seal', hash, true],
    ['Seal before', prev, true],
  ]
  return rows.flatMap(([label, value, isCode = false]) =>
    value === undefined || value === '' ? [] : [{ label, value, isCode }],
  )
}
