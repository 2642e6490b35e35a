import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makePrivateHome } from '../clients/private-home.ts'
import { type ProgramRun, runProgram } from '../clients/run-program.ts'
import { builtProgram } from '../mcp/program.ts'
import { codexConfig } from './codex-config.ts'
import { type FakeModel, startFakeModel } from './fake-model.ts'
import { installCodex } from './install.ts'
import { type ModelRequest, outputsShown, type ShownTool, toolsShown } from './model-request.ts'

/** A person with a real Codex on their PATH, settings of their own in `~/.codex`, and our program. */
export type CodexPerson = {
  home: string
  workspace: string
  env: Readonly<Record<string, string>>
  model: FakeModel
  /** Where Codex's settings are. */
  configPath: string
  /** What was in there before us: comments, other servers, and what tests need. */
  original: string
  config(): Promise<string>
  kosmo(...args: string[]): Promise<ProgramRun>
  /** Asks Codex something, and gives what its model was shown. @param env beside the usual */
  exec(prompt: string, env?: Record<string, string>): Promise<Shown>
  /** Another Codex, in an editor's extension. */
  addEditorCodex(version: string): Promise<void>
  close(): Promise<void>
}

export type Shown = { exitCode: number | null; tools: ShownTool[]; outputs: string[]; stderr: string }

export type PersonOptions = {
  version: string
  /** Put at the end of the settings. */
  more?: string
  variables?: Record<string, string>
}

/** Makes one; `close` when done. */
export async function openCodexPerson({
  version,
  more = '',
  variables = {},
}: PersonOptions): Promise<CodexPerson> {
  const binary = await installCodex(version)
  const user = await makePrivateHome()
  const home = user.env.HOME ?? ''
  const model = await startFakeModel()
  const configPath = join(home, '.codex', 'config.toml')
  await mkdir(dirname(configPath))
  await mkdir(join(user.root, 'bin'))
  await symlink(binary, join(user.root, 'bin', 'codex'))
  const other = { name: 'other', command: '/bin/false', args: ['x'], env: { TOKEN: 's3cr3t' } }
  const original = `# my own settings\r\n${codexConfig({ modelUrl: model.url, server: other })
    .replaceAll('wire_api', '# they speak this\nwire_api')
    .replaceAll('\n', '\r\n')}\r\n# the end${more}`
  await writeFile(configPath, original, { mode: 0o640 })
  const env = {
    ...user.env,
    PATH: `${join(user.root, 'bin')}:/usr/bin:/bin`,
    FAKE_KEY: 'x',
    RUST_LOG: 'error',
    // Whatever is meant for another host comes to the fake model, which refuses and remembers it.
    HTTP_PROXY: model.url,
    HTTPS_PROXY: model.url,
    NO_PROXY: '127.0.0.1,localhost',
    ...variables,
  }
  const cwd = user.workspace
  return {
    home,
    workspace: cwd,
    env,
    model,
    configPath,
    original,
    config: () => readFile(configPath, 'utf8'),
    kosmo: (...args) => runProgram(process.execPath, [builtProgram(), ...args], { cwd, env }),
    async exec(prompt, added = {}) {
      const before = model.requests.length
      const args = ['exec', '--skip-git-repo-check', '--json', prompt]
      const run = await runProgram('codex', args, { cwd, env: { ...env, ...added } })
      return shown(run, model.requests.slice(before))
    },
    async addEditorCodex(other) {
      const folder = join(home, '.vscode/extensions/openai.chatgpt-1.2.3/bin/linux-x86_64')
      await mkdir(folder, { recursive: true })
      await symlink(await installCodex(other), join(folder, 'codex'))
    },
    async close() {
      await user.close()
      await model.close()
    },
  }
}

function shown({ exitCode, stderr }: ProgramRun, requests: readonly ModelRequest[]): Shown {
  const [first, last] = [requests[0], requests.at(-1)]
  return {
    exitCode,
    tools: first ? toolsShown(first) : [],
    outputs: last ? outputsShown(last) : [],
    stderr,
  }
}
