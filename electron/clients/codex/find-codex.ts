import { accessSync, constants, readdirSync, realpathSync, statSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { type CodexVersion, parseCodexVersion } from '../../../shared/clients/codex/version.ts'
import type { ClientSystem } from '../client-system.ts'
import { runProgram } from '../run-program.ts'

/** A Codex on this machine. All of them read the same settings. */
export type FoundCodex = {
  /** As it was found; a link stays one, so that an upgrade behind it is no other Codex. */
  path: string
  version: CodexVersion | undefined
}

/** A program that is started from a cold disk. */
const VERSION_WITHIN_MS = 15_000

/** Enough for any machine; each is started. */
const MAX_FOUND = 6

/** Every Codex here with its version, the one on the PATH first. */
export async function findCodex(system: ClientSystem): Promise<FoundCodex[]> {
  const paths = codexPaths(system)
  return Promise.all(paths.map(async path => ({ path, version: await versionOf(path, system) })))
}

/** Where each Codex is, without starting any. */
export function codexPaths(system: ClientSystem): string[] {
  const seen = new Set<string>()
  const found: string[] = []
  for (const path of candidates(system)) {
    const real = realFile(path, system.platform)
    if (real === undefined || seen.has(real)) continue
    seen.add(real)
    found.push(path)
  }
  return found.slice(0, MAX_FOUND)
}

/** The environment for running a Codex: an app that was started from a dock finds neither it nor its Node. */
export function codexRunEnvironment(
  path: string,
  { variables, program }: ClientSystem,
): Record<string, string | undefined> {
  const folders = [variables.PATH, dirname(path), dirname(program.node)].filter(each => each)
  return { ...variables, PATH: folders.join(delimiter) }
}

function candidates(system: ClientSystem): string[] {
  const { variables, userHome, platform, programFolders } = system
  const names = platform === 'win32' ? ['codex.exe'] : ['codex']
  // One that is relative means another folder each time.
  const onPath = (variables.PATH ?? variables.Path ?? '').split(delimiter).filter(isAbsolute)
  const usual = [
    ...['.local/bin', '.npm-global/bin', '.volta/bin', '.bun/bin', 'bin'].map(each => join(userHome, each)),
    ...inside(join(userHome, '.nvm/versions/node')).map(each => join(each, 'bin')),
    ...programFolders,
  ]
  return [
    ...[...onPath, ...usual].flatMap(folder => names.map(name => join(folder, name))),
    ...ofEditors(userHome, names),
  ]
}

/** Editors have one of their own in their extension, which may be older than the one on the PATH. */
function ofEditors(userHome: string, names: readonly string[]): string[] {
  return ['.vscode', '.vscode-insiders', '.vscode-server', '.cursor', '.windsurf'].flatMap(editor =>
    inside(join(userHome, editor, 'extensions'))
      .filter(path => /[/\\]openai\.chatgpt-[^/\\]*$/.test(path))
      .flatMap(extension => inside(join(extension, 'bin')))
      .flatMap(folder => names.map(name => join(folder, name))),
  )
}

function inside(folder: string): string[] {
  try {
    return readdirSync(folder).map(name => join(folder, name))
  } catch {
    return []
  }
}

function realFile(path: string, platform: string): string | undefined {
  try {
    const real = realpathSync(path)
    if (!statSync(real).isFile()) return undefined
    if (platform !== 'win32') accessSync(real, constants.X_OK)
    return real
  } catch {
    return undefined
  }
}

async function versionOf(path: string, system: ClientSystem): Promise<CodexVersion | undefined> {
  const run = await runProgram({
    command: path,
    args: ['--version'],
    env: codexRunEnvironment(path, system),
    withinMs: VERSION_WITHIN_MS,
  })
  return run.kind === 'ended' && run.code === 0 ? parseCodexVersion(run.stdout) : undefined
}
