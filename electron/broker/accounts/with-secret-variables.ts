import type { StoredAccounts } from '../broker-state.ts'

/**
 * Stored accounts together with what is secret of the way to their servers: a gateway needs it, may not have it in its
 * environment, and gets it as it gets a token.
 */
export function withSecretVariables(
  accounts: StoredAccounts,
  { MATTERMOST_CLIENT_KEY_PASSPHRASE }: Record<string, string | undefined>,
): StoredAccounts {
  const secret = MATTERMOST_CLIENT_KEY_PASSPHRASE === undefined ? {} : { MATTERMOST_CLIENT_KEY_PASSPHRASE }
  return {
    async get(integration, alias) {
      const stored = await accounts.get(integration, alias)
      return stored && { ...stored, variables: { ...secret, ...stored.variables } }
    },
  }
}
