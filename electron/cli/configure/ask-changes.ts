import { confirm, intro, isCancel, note, password, select, text } from '@clack/prompts'
import { readServerUrl } from '../../../shared/mattermost/server-url.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import type { StoredAccount } from '../../broker/accounts/accounts.ts'
import type { Changes } from '../../broker/configure/changes.ts'
import type { CredentialField, Integration } from '../../integrations/integration.ts'

const POLICIES: { value: WritePolicy; label: string; hint: string }[] = [
  { value: 'ask', label: 'Ask', hint: 'a person says yes to every post' },
  { value: 'deny', label: 'Deny', hint: 'reading only' },
  { value: 'allow', label: 'Allow', hint: 'as far as the client and the switch allow it' },
]

/** A person left the form with Ctrl-C. */
class Left extends Error {}

/** Asks a person at a terminal for an account; undefined where they left, with nothing changed. */
export async function askChanges(
  integration: Integration,
  given: Changes,
  before: StoredAccount | undefined,
  variables: Record<string, string | undefined>,
): Promise<Changes | undefined> {
  try {
    intro(`${integration.name}, account ${given.account}`)
    if (before !== undefined && !(await isToBeReplaced(before))) return undefined
    const set: Record<string, string> = {}
    for (const field of integration.credentials) {
      // How a server is reached is a matter of few; flags say it.
      if (field.isConnection) continue
      const value = await askField(
        field,
        field.type === 'url' ? (before?.url ?? variables[field.variable]) : '',
      )
      if (value !== '') set[field.key] = value
    }
    const write = answered(
      await select<WritePolicy>({
        message: 'What may agents do with writes?',
        options: POLICIES,
        initialValue: 'ask',
      }),
    )
    // Somebody who fills in a form leaves a field empty on purpose.
    const unset = integration.credentials.filter(
      ({ key, required, isConnection }) => !required && !isConnection && !Object.hasOwn(set, key),
    )
    return { ...given, set, unset: unset.map(({ key }) => key), write, enabled: true }
  } catch (error) {
    if (error instanceof Left) return undefined
    throw error
  }
}

async function isToBeReplaced({ url, user, changedAt }: StoredAccount): Promise<boolean> {
  const whose = user === undefined ? '' : `${cleanLine(user)} at `
  note(`${whose}${cleanLine(url)}, since ${changedAt.slice(0, 10)}`, 'There is such an account already')
  return answered(await confirm({ message: 'Replace it?', initialValue: false }))
}

async function askField({ type, label, description, required }: CredentialField, initialValue = '') {
  const message = `${label}: ${description}${required ? '' : ' (optional)'}`
  if (type === 'secret') {
    const validate = (value = '') => (required && value.trim() === '' ? 'Paste the token here.' : undefined)
    return answered(await password({ message, mask: '*', validate })).trim()
  }
  const validate = (value = '') => {
    if (value.trim() === '') return required ? 'This is needed.' : undefined
    const read = type === 'url' ? readServerUrl(value) : undefined
    return read?.kind === 'refused' ? `This cannot be used: ${read.why}.` : undefined
  }
  return answered(await text({ message, initialValue, validate })).trim()
}

function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (isCancel(answer)) throw new Left()
  return answer as Exclude<Answer, symbol>
}
