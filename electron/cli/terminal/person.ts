import { type AncestorProcess, ancestorsOf } from './ancestors.ts'

export type Person = { interactive: true } | { interactive: false; why: string }

export type Surroundings = {
  stdin: boolean
  stdout: boolean
  variables: Record<string, string | undefined>
  /** From the parent upwards; undefined where the system does not tell. */
  ancestors: readonly AncestorProcess[] | undefined
  /** Process ids of connected clients and of what started their bridges. */
  clients: readonly number[]
}

/**
 * Whether a person seems to sit at our terminal, and not an agent in a shell of its own.
 *
 * A bar, not a wall: a program that drives a pseudo-terminal, clears its environment and leaves its parent looks like
 * a person. It stops the agent that runs `kosmo approvals approve` as it would run any command. Whoever controls the
 * account on this machine controls the broker as well.
 */
export async function personAtTerminal(clients: readonly number[]): Promise<Person> {
  return judge({
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    variables: process.env,
    ancestors: await ancestorsOf(process.ppid, process.platform),
    clients,
  })
}

/** The same as a rule. What cannot be found out about ancestors refuses nobody: the other two bars stand. */
export function judge({ stdin, stdout, variables, ancestors = [], clients }: Surroundings): Person {
  if (!stdin || !stdout) return no(`${stdin ? 'stdout' : 'stdin'} is not a terminal`)
  const marker = MARKERS.find(name => (variables[name] ?? '') !== '')
  if (marker !== undefined) return no(`this is the shell of an agent (${marker} is set)`)
  for (const { pid, words } of ancestors) {
    const agent = agentIn(words)
    if (agent !== undefined) return no(`this was started by ${agent} (process ${pid})`)
    if (clients.includes(pid)) return no(`this was started by a connected client (process ${pid})`)
  }
  return { interactive: true }
}

/**
 * What agents set for the commands that they run. Variables of a person's own configuration are not here: CODEX_HOME,
 * CLINE_API_KEY and an editor's TERM_PROGRAM say nothing about who types. From the agents' documentation and sources
 * (aws-cdk-cli#1855, openai/codex#10096 and others).
 */
const MARKERS = [
  'AI_AGENT',
  'AGENT',
  'CLAUDECODE',
  'CLAUDE_CODE_ENTRYPOINT',
  'CODEX_SANDBOX',
  'CODEX_SANDBOX_NETWORK_DISABLED',
  'CODEX_THREAD_ID',
  'CODEX_CI',
  'GEMINI_CLI',
  'QWEN_CODE',
  'CURSOR_AGENT',
  'OPENCODE',
  'GOOSE_TERMINAL',
  'COPILOT_CLI',
  'AUGMENT_AGENT',
  'CLINE_ACTIVE',
  'KIRO_AGENT',
]

/** Agents by the name of their program. Editors are not here: their windows have terminals for people. */
const AGENTS = [
  'aider',
  'amp',
  'auggie',
  'claude',
  'codex',
  'copilot',
  'crush',
  'cursor-agent',
  'droid',
  'gemini',
  'goose',
  'opencode',
  'qwen',
]

/** Agents by the folder of their package, where a runtime runs them. */
const PACKAGES = ['@anthropic-ai/claude-code', '@openai/codex', '@google/gemini-cli', '@qwen-code/qwen-code']

const RUNTIMES = /^(?:node|nodejs|bun|deno|python[0-9.]*)$/

function agentIn([program = '', ...rest]: readonly string[]): string | undefined {
  const named = nameOf(program)
  if (AGENTS.includes(named)) return named
  if (!RUNTIMES.test(named)) return undefined
  const script = rest.find(word => !word.startsWith('-'))
  if (script === undefined) return undefined
  const path = script.replaceAll('\\', '/')
  return PACKAGES.find(name => path.includes(`/${name}/`)) ?? AGENTS.find(name => name === nameOf(script))
}

function nameOf(path: string): string {
  const last = path.replaceAll('\\', '/').split('/').at(-1) ?? ''
  return last.replace(/\.(?:exe|cmd|m?js|cjs|py)$/i, '')
}

function no(what: string): Person {
  return {
    interactive: false,
    why: `A person has to answer this at a terminal of their own: ${what}.`,
  }
}
