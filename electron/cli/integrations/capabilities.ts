import type { Integration } from '../../integrations/integration.ts'

/** What scripts that know the original's JSON look for: how one signs in, and where it runs. */
export function capabilities({ credentials }: Integration) {
  const strategy = credentials.some(({ type, required }) => type === 'secret' && required)
    ? 'bearer_token'
    : 'none'
  return {
    auth: strategy,
    auth_strategy: strategy,
    host_availability: { cli: true, web: false, proxy: false },
    runtime_requirements: {},
    compatibility: { cli_setup_supported: true, cli_runtime_supported: true },
    compatibility_summary: 'CLI setup and runtime supported.',
    cli_setup_supported: true,
    cli_runtime_supported: true,
  }
}
