import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { assertNever } from '../../../shared/assert-never.ts'

/** What kind of place a post goes to and how many are there, in a few words: `public · 42 people`. */
export function audienceWords({ kind, members, channel }: WriteSubject): string {
  const people = members === undefined ? '' : ` · ${members} ${members === 1 ? 'person' : 'people'}`
  switch (kind) {
    case 'public':
    case 'private':
      return `${kind}${people}`
    case 'group':
      return `group message${people}`
    case 'direct':
      if (members === 1) return 'a note to yourself'
      return channel.startsWith('@') ? 'first direct message' : 'direct message'
    default:
      return assertNever(kind)
  }
}
