import { readServerUrl } from '../../../shared/mattermost/server-url.ts'
import type { AccountField } from '../../../shared/protocol/account-methods.ts'

/** Why a value cannot be sent as it is, in a sentence; undefined where it can. `isStored`: there is one already. */
export function refuseField(
  { type, required, label }: AccountField,
  value: string | undefined,
  isStored: boolean,
): string | undefined {
  if (value === undefined) {
    if (!required || isStored) return undefined
    return type === 'secret' ? 'Paste the token here.' : `${label} is needed.`
  }
  if (type === 'url') {
    const read = readServerUrl(value)
    if (read.kind === 'refused') return `This address cannot be used: ${read.why}.`
  }
  // What no header can carry; it would fail later, with less clear words.
  if (type === 'secret' && !/^[\x21-\x7e]+$/.test(value)) {
    return 'This is no token: it has blanks or letters that no token has. Copy it again.'
  }
  return undefined
}
