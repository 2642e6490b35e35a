import type { CodexSetup } from './codex-home.ts'

/** The MCP server under test as a `[mcp_servers.<name>]` table. */
export interface ServerEntry {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The table's `env`: what the server gets besides Codex's short list. */
  readonly env?: Readonly<Record<string, string>>
  /** The table's `env_vars`: names that Codex copies from its own environment. */
  readonly envVars?: readonly string[]
  /** Lines added to the server's own table. */
  readonly toml?: string
  /** Approval mode per tool, written as `[mcp_servers.<name>.tools.<tool>]`. */
  readonly approve?: readonly string[]
}

/** Renders a config.toml with the fake provider, one MCP server and everything that calls home turned off. */
export function codexConfig(setup: CodexSetup): string {
  return [
    `model = ${toml(setup.model ?? 'fake-model')}`,
    'model_provider = "fake"',
    'check_for_update_on_startup = false',
    setup.topToml ?? '',
    '[model_providers.fake]',
    'name = "fake"',
    `base_url = ${toml(`${setup.modelUrl}/v1`)}`,
    'wire_api = "responses"',
    'env_key = "FAKE_KEY"',
    'request_max_retries = 0',
    'stream_max_retries = 0',
    '[analytics]',
    'enabled = false',
    '[features]',
    'plugins = false',
    'apps = false',
    'remote_plugin = false',
    'plugin_sharing = false',
    ...serverTables(setup.server),
    '',
  ].join('\n')
}

function serverTables(server: ServerEntry): string[] {
  const table = `mcp_servers.${toml(server.name)}`
  return [
    `[${table}]`,
    `command = ${toml(server.command)}`,
    `args = ${toml(server.args)}`,
    ...(server.envVars ? [`env_vars = ${toml(server.envVars)}`] : []),
    server.toml ?? '',
    ...(server.env ? [`[${table}.env]`, ...Object.entries(server.env).map(pair)] : []),
    ...(server.approve ?? []).flatMap(tool => [
      `[${table}.tools.${toml(tool)}]`,
      'approval_mode = "approve"',
    ]),
  ]
}

function pair([name, value]: [string, string]): string {
  return `${toml(name)} = ${toml(value)}`
}

/** JSON's strings and lists of strings are TOML's too. */
function toml(value: string | readonly string[]): string {
  return JSON.stringify(value)
}
