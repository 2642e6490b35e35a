import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'
import type { PlannedAccount, PlannedPermissions } from './import-plan.ts'

/** Everything that was found and what is to become of it. No value of an account is in here, but where its server is. */
export type Plan = {
  database: string
  accounts: PlannedAccount[]
  permissions: PlannedPermissions
  /** Ids of integrations that stay where they are. */
  others: string[]
}

const NEXT = {
  import: 'to be imported',
  replace: 'to be put in the place of the one here',
  keep: 'kept as it is here',
  skip: 'cannot be imported',
}
const STORED = { encrypted: 'token encrypted', plain: 'token in plain text' }

/** The plan, for a person. */
export function planLines({ database, accounts, permissions, others }: Plan): string[] {
  const { enabled, read, write, notes } = permissions
  const lines = [`Found in ${clean(database)}:`]
  for (const account of accounts) {
    const where = account.server === undefined ? 'no server' : clean(account.server)
    lines.push(`  ${clean(account.alias)}  ${where}, ${STORED[account.stored]}: ${NEXT[nextOf(account)]}`)
    if (account.kind !== 'import') lines.push(`    ${account.why}`)
  }
  if (accounts.length === 0) lines.push('  no account of Mattermost')
  else lines.push(`  ${enabled ? 'enabled' : 'switched off'}; read: ${read}, write: ${write}`)
  if (others.length > 0) {
    lines.push(`  accounts of ${others.map(clean).join(', ')}, which are not for us and stay there`)
  }
  return [...lines, ...notes]
}

/** The same as JSON: names of values, never a value. */
export function planJson({ database, accounts, permissions, others }: Plan): object {
  const { enabled, read, write, notes } = permissions
  return {
    database,
    accounts: accounts.map(account => ({
      account: account.alias,
      fields: account.fields,
      ...(account.server !== undefined && { server: account.server }),
      stored: account.stored,
      plan: nextOf(account),
      ...(account.kind !== 'import' && { why: account.why }),
    })),
    enabled,
    permissions: { read, write },
    ...(others.length > 0 && { others }),
    ...(notes.length > 0 && { notes }),
  }
}

function nextOf(account: PlannedAccount): keyof typeof NEXT {
  return account.kind === 'import' && account.replaces ? 'replace' : account.kind
}

/** Names out of another program's database, on one line and not for ever. */
function clean(text: string): string {
  return ellipsis(cleanLine(text), 200)
}
