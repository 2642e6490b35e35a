import { homedir } from 'node:os'
import { assertNever } from '../../../shared/assert-never.ts'
import { KosmoError } from '../../../shared/errors.ts'
import type { PersonView } from '../../../shared/protocol/account-methods.ts'
import type { SurfaceHandlers } from '../../../shared/protocol/surface-methods.ts'
import { catalogue } from '../../integrations/catalogue.ts'
import type { Integration, Verified } from '../../integrations/integration.ts'
import { type AccountSecret, isAccountName } from '../accounts/accounts.ts'
import { environmentOf, type Surroundings, valuesOf } from '../configure/account-values.ts'
import { applyChanges, checkChanges } from '../configure/apply-changes.ts'
import { type Changes, type ChangesFault, faultIn } from '../configure/changes.ts'
import { permissionsOf } from '../configure/permissions.ts'
import { integrationOf } from './integration-of.ts'
import { recordChange, requireSettings, type SurfaceContext } from './surface-context.ts'

type Names =
  | 'integrations'
  | 'accountValues'
  | 'checkAccount'
  | 'saveAccount'
  | 'removeAccount'
  | 'placesOf'
  | 'integrationChanged'

type Given = {
  account: string
  values: Record<string, string>
  unset?: string[]
  store?: Changes['store'] | null
}

/** Accounts: a secret goes in and never comes out. */
export function accountHandlers(context: SurfaceContext): Pick<SurfaceHandlers, Names> {
  const { accounts, environment, state } = context
  const surroundings: Surroundings = { accounts, settings: state.settings, environment, cwd: homedir() }

  async function stored(integration: string, account: string): Promise<[Integration, AccountSecret]> {
    const found = integrationOf(integration)
    const secret = await accounts.get(found.id, account)
    if (secret === undefined) throw new KosmoError('not_found', 'There is no such account (any more).')
    return [found, secret]
  }

  return {
    integrations() {
      const settings = requireSettings(context)
      return catalogue.map(({ id, name, credentials }) => ({
        id,
        name,
        fields: credentials.map(({ key, label, type, required, description }) => {
          return { key, label, type, required, description }
        }),
        ...permissionsOf(settings, id),
        accounts: accounts.list(id).map(({ alias, store, url, user, changedAt }) => {
          return { alias, store, url, user: user ?? null, changedAt }
        }),
      }))
    },
    async accountValues({ integration, account }) {
      const [{ credentials }, secret] = await stored(integration, account)
      const values = Object.entries(valuesOf(secret, credentials))
      const secrets = credentials.filter(({ type }) => type === 'secret').map(({ key }) => key)
      return {
        values: Object.fromEntries(values.filter(([key]) => !secrets.includes(key))),
        secrets: values.map(([key]) => key).filter(key => secrets.includes(key)),
      }
    },
    async checkAccount({ integration, ...given }) {
      const found = integrationOf(integration)
      return personOf(await checkChanges(found, changesOf(found, given), surroundings))
    },
    async saveAccount({ integration, ...given }) {
      const found = integrationOf(integration)
      const changes = changesOf(found, given)
      const before = accounts.list(found.id).find(({ alias }) => alias === given.account)
      const isMoved = before !== undefined && (changes.store ?? before.store) !== before.store
      if (Object.keys(changes.set).length + changes.unset.length === 0 && !isMoved) {
        return { person: personOf(await checkChanges(found, changes, surroundings)), warnings: [] }
      }
      const { verified, warnings } = await applyChanges(found, changes, true, surroundings)
      recordChange(context, 'account saved', `${found.id}/${given.account}`)
      context.accountChanged(found.id)
      return { person: verified === undefined ? null : personOf(verified), warnings }
    },
    async removeAccount({ integration, account }) {
      const { id } = integrationOf(integration)
      const removed = await accounts.remove(id, account)
      if (removed) {
        recordChange(context, 'account removed', `${id}/${account}`)
        context.accountChanged(id)
      }
      return { removed }
    },
    async placesOf({ integration, account }) {
      const [found, secret] = await stored(integration, account)
      return found.places(secret.credentials, environmentOf(secret, environment))
    },
    integrationChanged({ integration }) {
      recordChange(context, 'integration changed', integration)
      context.accountChanged(integration)
      return null
    },
  }
}

/** What a form gives, as changes; a field that was left empty is one that goes. @throws KosmoError `invalid_input` */
function changesOf(integration: Integration, { account, values, unset = [], store }: Given): Changes {
  if (!isAccountName(account)) {
    throw new KosmoError(
      'invalid_input',
      'The name of an account has 1 to 64 letters, digits, ".", "_" and "-".',
    )
  }
  const optional = integration.credentials.filter(({ required }) => !required).map(({ key }) => key)
  const emptied = Object.keys(values).filter(key => optional.includes(key) && values[key]?.trim() === '')
  const set = Object.fromEntries(Object.entries(values).filter(([key]) => !emptied.includes(key)))
  const changes: Changes = {
    account,
    set,
    unset: [...new Set([...unset, ...emptied])],
    enabled: undefined,
    read: undefined,
    write: undefined,
    store: store ?? undefined,
  }
  const fault = faultIn(integration, changes)
  if (fault !== undefined) throw new KosmoError('invalid_input', sayFault(integration, fault))
  return changes
}

function sayFault({ name, credentials }: Integration, fault: ChangesFault): string {
  const label = (key: string) => credentials.find(field => field.key === key)?.label ?? key
  switch (fault.kind) {
    case 'unknown-field':
      return `An account of ${name} consists of ${fault.known.map(label).join(', ')} and nothing else.`
    case 'needed':
      return `No account works without "${label(fault.key)}". Remove the whole account instead.`
    case 'empty':
      return `"${label(fault.key)}" is empty. Fill it in.`
    case 'set-and-unset':
      return `"${label(fault.key)}" is given and taken away at once.`
    default:
      return assertNever(fault)
  }
}

function personOf({ server, user, name, avatar, teams, warnings }: Verified): PersonView {
  return { server, user, name: name ?? null, avatar: avatar ?? null, teams, warnings }
}
