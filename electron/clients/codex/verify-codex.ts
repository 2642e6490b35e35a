import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { CODEX_SINCE, isAtLeast, versionText } from '../../../shared/clients/codex/version.ts'
import type { JsonObject } from '../../../shared/clients/server-entry.ts'
import { type TomlTable, tableLines } from '../../../shared/clients/toml/write-toml.ts'
import type { ClientSystem } from '../client-system.ts'
import { holds } from '../compare-values.ts'
import { NoAnswer } from '../json-lines-process.ts'
import { runProgram } from '../run-program.ts'
import type { Verification } from '../verification.ts'
import { type CodexServer, startCodexServer } from './codex-server.ts'
import { complaintIn, quoteCodex } from './codex-words.ts'
import { codexRunEnvironment, type FoundCodex } from './find-codex.ts'

export type CodexCheck = {
  /** The first is asked everything, the others whether they still start. */
  found: readonly FoundCodex[]
  /** The folder with Codex's own settings. */
  codexHome: string
  /** The folder from which settings are read: a project's count in it. */
  folder: string
  name: string
  entry: JsonObject
  /** Whether Codex reads the file at all: a project's only where it is trusted. */
  isRead: boolean
}

const WITHIN_MS = 30_000

/** Whether Codex takes our entry, reads what we wrote, starts the server and lists its tools. */
export async function verifyCodex(check: CodexCheck, system: ClientSystem): Promise<Verification> {
  const [first] = check.found
  if (first === undefined) return failed('There is no Codex here that could look at it.')
  // Codex does not start at all where its folder is missing; a project's settings may come first.
  for (const { path } of existsSync(check.codexHome) ? check.found : []) {
    const complaint = await loadComplaint(path, check.codexHome, system)
    if (complaint !== undefined)
      return failed(`Codex (${path}) does not start with these settings: ${complaint}`)
  }
  const alone = aloneHome(check, system)
  try {
    const strict = await strictComplaint(first, alone, system)
    if (strict !== undefined) return failed(`Codex does not know what we write: ${strict}`)
    const others = check.isRead ? await strictComplaint(first, check.codexHome, system) : undefined
    const warnings =
      others === undefined
        ? []
        : [`Of settings that are not ours, Codex says with --strict-config: ${others}.`]
    const seen = await askServers(first, alone, check, system)
    return seen.kind === 'failed' ? seen : { ...seen, warnings }
  } catch (error) {
    if (error instanceof NoAnswer) return failed(`Codex could not be asked: ${error.message}.`)
    if (error instanceof z.ZodError) return failed('Codex answered in a way that is not known here.')
    throw error
  } finally {
    rmSync(alone, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** What a Codex says of settings with which it does not start; undefined where it does. */
export async function loadComplaint(
  path: string,
  codexHome: string,
  system: ClientSystem,
): Promise<string | undefined> {
  const env = { ...codexRunEnvironment(path, system), CODEX_HOME: codexHome }
  const run = await runProgram({
    command: path,
    args: ['mcp', 'list', '--json'],
    env,
    cwd: codexHome,
    withinMs: WITHIN_MS,
  })
  if (run.kind === 'failed') return run.why
  return run.code === 0 ? undefined : quoteCodex(complaintIn(run))
}

async function strictComplaint(
  { path, version }: FoundCodex,
  codexHome: string,
  system: ClientSystem,
): Promise<string | undefined> {
  if (version === undefined || !isAtLeast(version, CODEX_SINCE.strictConfig)) return undefined
  const prints = isAtLeast(version, CODEX_SINCE.oneServer) ? ['--print-startup-config'] : []
  const run = await runProgram({
    command: path,
    // Without it, it fetches plugins over the network.
    args: ['app-server', '--strict-config', '-c', 'features.plugins=false', ...prints],
    env: { ...codexRunEnvironment(path, system), CODEX_HOME: codexHome },
    cwd: codexHome,
    withinMs: WITHIN_MS,
  })
  if (run.kind === 'failed') return run.why
  return run.code === 0 ? undefined : quoteCodex(complaintIn(run))
}

async function askServers(
  { path, version }: FoundCodex,
  alone: string,
  check: CodexCheck,
  system: ClientSystem,
): Promise<Verification> {
  const { name, entry, folder, codexHome, isRead } = check
  // An older one would start everybody's servers, and without a thread none starts those of a project.
  const canStartOne =
    folder === codexHome && version !== undefined && isAtLeast(version, CODEX_SINCE.oneServer)
  const server = isRead ? await startCodexServer(path, { codexHome, cwd: folder }, system) : undefined
  let inOwn: CodexServer | undefined
  try {
    if (server !== undefined) {
      const read = await server.readServer(name, folder)
      const complaint = server.refused()
      if (complaint !== undefined)
        return failed(`Codex does not use these settings: ${quoteCodex(complaint)}`)
      if (!holds(read, entry)) return failed(differs(name, read))
    }
    inOwn =
      server !== undefined && canStartOne
        ? undefined
        : await startCodexServer(path, { codexHome: alone, cwd: alone }, system)
    const listed = await (inOwn ?? server)?.listTools(name, canStartOne)
    if (listed?.kind !== 'tools') {
      return failed(`Codex could not use the server: ${quoteCodex(listed?.why ?? 'no answer')}`)
    }
    const which = version === undefined ? 'Codex' : `Codex ${versionText(version)}`
    const tools = `started the server and lists ${listed.tools.length} tools`
    const said = isRead
      ? `${which} reads it, ${tools}.`
      : `${which} ${tools}; it will read this file once you trust the folder.`
    return { kind: 'verified', said, warnings: [] }
  } finally {
    await server?.end()
    await inOwn?.end()
  }
}

/** A folder of settings with our entry and nothing else, so that nobody else's server is started. */
function aloneHome({ name, entry }: CodexCheck, { kosmoHome }: ClientSystem): string {
  const parent = join(kosmoHome, 'run')
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  const folder = mkdtempSync(join(parent, 'codex-'))
  const lines = [
    'check_for_update_on_startup = false',
    '',
    ...tableLines(['mcp_servers', name], entry as TomlTable),
    '',
  ]
  writeFileSync(join(folder, 'config.toml'), lines.join('\n'), { mode: 0o600 })
  return folder
}

function differs(name: string, read: unknown): string {
  return read === undefined
    ? `Codex reads its settings elsewhere, or something overrules them: it knows no server ${name}.`
    : `Codex reads the server ${name} otherwise than it was written: another of its settings overrules it.`
}

function failed(why: string): Verification {
  return { kind: 'failed', why }
}
