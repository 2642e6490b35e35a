import { assertNever } from '../assert-never.ts'
import type { AuditEntry } from '../audit/entry.ts'
import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'
import { clientLabel } from './labels.ts'

const MOST = 60

/** An entry of the audit on one short line, e.g. `Codex · list posts · ok`. */
export function activityLine(entry: AuditEntry): string {
  const parts = partsOf(entry).filter(part => part !== undefined && part !== '')
  return ellipsis(cleanLine(parts.join(' · ')), MOST)
}

function partsOf({
  kind,
  client,
  function: name,
  target,
  decision,
  outcome,
}: AuditEntry): (string | undefined)[] {
  const who = client === undefined ? undefined : clientLabel(client)
  switch (kind) {
    case 'call':
      return [who ?? clientLabel(''), functionWords(name), outcome]
    case 'decision':
      return [who ?? clientLabel(''), placeOf(target) ?? functionWords(name), decision]
    case 'change':
      return [decision, target]
    default:
      return assertNever(kind)
  }
}

/** `mattermost_list_posts` as `list posts`. */
function functionWords(name = 'a call'): string {
  return name.replace(/^mattermost_/, '').replaceAll('_', ' ')
}

/** The name of the place, where a target begins with one: `~dev chat.example.org <id>`. */
function placeOf(target = ''): string | undefined {
  return /^[~@]\S+/.exec(target)?.[0]
}
