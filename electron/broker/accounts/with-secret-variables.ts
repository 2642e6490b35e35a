import type { StoredAccounts } from '../broker-state.ts'

/** Of the broker's environment: a gateway needs them, and may not have them in its own. */
const SECRET = ['MATTERMOST_CLIENT_KEY_PASSPHRASE'] as const

/** Stored accounts together with what is secret of the way to their servers, which goes to a gateway as a token does. */
export function withSecretVariables(
  accounts: StoredAccounts,
  variables: Record<string, string | undefined>,
): StoredAccounts {
  const secret = Object.fromEntries(
    SECRET.flatMap(name => {
      const value = variables[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  return {
    async get(integration, alias) {
      const stored = await accounts.get(integration, alias)
      return stored && { ...stored, variables: { ...secret, ...stored.variables } }
    },
  }
}
