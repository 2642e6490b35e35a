import type { AccountView, IntegrationView } from '../../../shared/protocol/account-methods.ts'

/** An account with the integration that it is of. */
export type ListedAccount = AccountView & { integration: string; integrationName: string }

/** All accounts of all integrations, in the order that the app tells them. */
export function listedAccounts(integrations: readonly IntegrationView[]): ListedAccount[] {
  return integrations.flatMap(({ id, name, accounts }) =>
    accounts.map(account => ({ ...account, integration: id, integrationName: name })),
  )
}
