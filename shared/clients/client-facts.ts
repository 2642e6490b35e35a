/** Programs that we connect to. */
export const CLIENT_IDS = [
  'codex',
  'claude-code',
  'claude-desktop',
  'cursor',
  'vscode',
  'gemini',
  'windsurf',
  'zed',
  'opencode',
] as const

export type ClientId = (typeof CLIENT_IDS)[number]

/** Whose settings: the person's, or those of one folder. */
export const SCOPES = ['user', 'project'] as const

export type Scope = (typeof SCOPES)[number]

/** A place below a folder of the system's; the first that is there counts, else the first. */
export type Place = { below: 'home' | 'config' | 'application-support' | 'appdata'; names: readonly string[] }

/** How a client writes down a server that it starts. */
export type EntryShape = {
  /** The member of the root that holds the servers. */
  container: string
  /** What stands beside command, arguments and variables, before and after them. */
  before?: Readonly<Record<string, string>>
  after?: Readonly<Record<string, string | number | boolean>>
  /** Command and arguments in one list. */
  isOneList?: true
  envKey: 'env' | 'environment'
  /** Variables are there even where there are none. */
  needsEnv?: true
}

export type ClientFacts = {
  id: ClientId
  name: string
  /** A program whose being on the PATH says that it is installed. */
  program?: string
  /** A folder whose being there says so too. */
  marks: { mac: Place; windows: Place; linux: Place }
  /** A variable that names another folder in the place of that one, and the file in there. */
  folderVariable?: { name: string; file: string }
  user: { mac: readonly Place[]; windows: readonly Place[]; linux: readonly Place[] }
  /** Below the folder of the project; undefined where the client knows no such file. */
  project?: readonly string[]
  /** Undefined for Codex, whose settings are TOML. */
  shape?: EntryShape
  /** Whether it puts variables in the place of `$…` in what we write. */
  expandsDollars?: true
  /** What a person does in the client so that a project's file counts. */
  trustStep?: string
  /** What a person does after a change. */
  afterwards: string
}

const STDIO = { type: 'stdio' } as const

/** Milliseconds; as long as Codex gets. */
const TOOL_TIMEOUT_MS = 600_000

/** The clients as data: where their settings are and what they look like. Codex, Claude Code, Gemini and opencode are tested with the real ones. */
export const CLIENTS: Readonly<Record<ClientId, ClientFacts>> = {
  codex: {
    id: 'codex',
    name: 'Codex',
    program: 'codex',
    marks: everywhere('.codex'),
    folderVariable: { name: 'CODEX_HOME', file: 'config.toml' },
    user: everywhereOne('.codex', 'config.toml'),
    project: ['.codex', 'config.toml'],
    trustStep:
      'Codex reads this file only in a folder that you trust: start `codex` in it and say yes when it asks.',
    afterwards: 'Open a new thread in Codex: those that are open keep the tools they began with.',
  },
  'claude-code': {
    id: 'claude-code',
    name: 'Claude Code',
    program: 'claude',
    marks: everywhere('.claude'),
    folderVariable: { name: 'CLAUDE_CONFIG_DIR', file: '.claude.json' },
    user: everywhereOne('.claude.json'),
    project: ['.mcp.json'],
    shape: {
      container: 'mcpServers',
      before: STDIO,
      envKey: 'env',
      after: { timeout: TOOL_TIMEOUT_MS },
    },
    expandsDollars: true,
    trustStep:
      'Claude Code asks once before it uses the servers of a project: start `claude` in it and approve this one.',
    afterwards: 'Start Claude Code anew.',
  },
  'claude-desktop': {
    id: 'claude-desktop',
    name: 'Claude Desktop',
    marks: {
      mac: at('application-support', 'Claude'),
      windows: at('appdata', 'Claude'),
      linux: at('config', 'Claude'),
    },
    user: {
      mac: [at('application-support', 'Claude', 'claude_desktop_config.json')],
      windows: [at('appdata', 'Claude', 'claude_desktop_config.json')],
      linux: [at('config', 'Claude', 'claude_desktop_config.json')],
    },
    shape: { container: 'mcpServers', envKey: 'env' },
    afterwards: 'Quit Claude Desktop and start it again.',
  },
  cursor: {
    id: 'cursor',
    name: 'Cursor',
    program: 'cursor',
    marks: everywhere('.cursor'),
    user: everywhereOne('.cursor', 'mcp.json'),
    project: ['.cursor', 'mcp.json'],
    shape: { container: 'mcpServers', before: STDIO, envKey: 'env' },
    expandsDollars: true,
    trustStep:
      'Cursor asks before it uses the servers of a project: turn this one on in its settings, under MCP.',
    afterwards: 'Cursor takes it up by itself; its settings list the server under MCP.',
  },
  vscode: {
    id: 'vscode',
    name: 'VS Code',
    program: 'code',
    marks: {
      mac: at('application-support', 'Code', 'User'),
      windows: at('appdata', 'Code', 'User'),
      linux: at('config', 'Code', 'User'),
    },
    user: {
      mac: [at('application-support', 'Code', 'User', 'mcp.json')],
      windows: [at('appdata', 'Code', 'User', 'mcp.json')],
      linux: [at('config', 'Code', 'User', 'mcp.json')],
    },
    project: ['.vscode', 'mcp.json'],
    shape: { container: 'servers', before: STDIO, envKey: 'env' },
    expandsDollars: true,
    trustStep: 'VS Code asks whether you trust the server when it is started for the first time.',
    afterwards: 'Start the server in VS Code: MCP: List Servers.',
  },
  gemini: {
    id: 'gemini',
    name: 'Gemini CLI',
    program: 'gemini',
    marks: everywhere('.gemini'),
    user: everywhereOne('.gemini', 'settings.json'),
    project: ['.gemini', 'settings.json'],
    shape: { container: 'mcpServers', envKey: 'env', after: { timeout: TOOL_TIMEOUT_MS } },
    expandsDollars: true,
    trustStep:
      'Gemini CLI starts servers only in a folder that you trust: start `gemini` in it and say so when it asks.',
    afterwards: 'Start Gemini CLI anew.',
  },
  windsurf: {
    id: 'windsurf',
    name: 'Windsurf',
    program: 'windsurf',
    marks: everywhere('.codeium', 'windsurf'),
    user: everywhereOne('.codeium', 'windsurf', 'mcp_config.json'),
    shape: { container: 'mcpServers', envKey: 'env' },
    expandsDollars: true,
    afterwards: 'Press Refresh among the MCP servers of Cascade.',
  },
  zed: {
    id: 'zed',
    name: 'Zed',
    program: 'zed',
    marks: { mac: at('home', '.config', 'zed'), windows: at('appdata', 'Zed'), linux: at('config', 'zed') },
    user: {
      mac: [at('home', '.config', 'zed', 'settings.json')],
      windows: [at('appdata', 'Zed', 'settings.json')],
      linux: [at('config', 'zed', 'settings.json')],
    },
    project: ['.zed', 'settings.json'],
    shape: { container: 'context_servers', envKey: 'env', needsEnv: true },
    trustStep: 'Zed asks whether you trust the project before it starts its servers.',
    afterwards: 'Zed takes it up by itself; the agent panel lists the server.',
  },
  opencode: {
    id: 'opencode',
    name: 'opencode',
    program: 'opencode',
    marks: {
      mac: at('home', '.config', 'opencode'),
      windows: at('home', '.config', 'opencode'),
      linux: at('config', 'opencode'),
    },
    user: {
      mac: [
        at('home', '.config', 'opencode', 'opencode.json'),
        at('home', '.config', 'opencode', 'opencode.jsonc'),
      ],
      windows: [
        at('home', '.config', 'opencode', 'opencode.json'),
        at('home', '.config', 'opencode', 'opencode.jsonc'),
      ],
      linux: [at('config', 'opencode', 'opencode.json'), at('config', 'opencode', 'opencode.jsonc')],
    },
    project: ['opencode.json'],
    shape: {
      container: 'mcp',
      before: { type: 'local' },
      isOneList: true,
      envKey: 'environment',
      after: { enabled: true, timeout: 30_000 },
    },
    afterwards: 'Start opencode anew.',
  },
}

function at(below: Place['below'], ...names: string[]): Place {
  return { below, names }
}

function everywhere(...names: string[]): ClientFacts['marks'] {
  const place = at('home', ...names)
  return { mac: place, windows: place, linux: place }
}

function everywhereOne(...names: string[]): ClientFacts['user'] {
  const places = [at('home', ...names)]
  return { mac: places, windows: places, linux: places }
}

/** The client that a word names; undefined for any other word. */
export function parseClientId(word: string): ClientId | undefined {
  return CLIENT_IDS.find(id => id === word)
}

/** The scope that a word names; undefined for any other word. */
export function parseScope(word: string): Scope | undefined {
  return SCOPES.find(scope => scope === word)
}
