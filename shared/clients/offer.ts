/** What an integration of ours offers to a client. */
export type OfferedIntegration = {
  id: string
  /** Environment variables that an account of it can come from. */
  variables: readonly string[]
  tools: readonly { name: string; writes: boolean }[]
}

/** The tools of some integrations that are listed where writes are, or are not, refused. */
export function toolsOf(
  offered: readonly OfferedIntegration[],
  integrations: readonly string[],
  isDenied: boolean,
): { name: string; writes: boolean }[] {
  return offered
    .filter(({ id }) => integrations.includes(id))
    .flatMap(({ tools }) => tools.filter(({ writes }) => !writes || !isDenied))
}
