import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makePrivateHome, type PrivateHome } from '../clients/private-home.ts'
import { codexConfig, type ServerEntry } from './codex-config.ts'

/** What can be set about a Codex under test. */
export interface CodexSetup {
  readonly modelUrl: string
  /** Another Codex than the one that most tests drive. */
  readonly version?: string
  /** Slug of the model; Codex picks how tools are offered by it. */
  readonly model?: string
  readonly server: ServerEntry
  /** Lines at the top of config.toml. */
  readonly topToml?: string
  /** Additions to Codex's own environment, such as what `env_vars` names. */
  readonly env?: Readonly<Record<string, string>>
}

/** Makes a user whose Codex is set up as asked; CODEX_HOME is not under the TMPDIR that Codex is given. */
export async function makeCodexHome(setup: CodexSetup): Promise<PrivateHome> {
  const user = await makePrivateHome()
  const home = join(user.root, 'codex')
  await mkdir(home)
  await writeFile(join(home, 'config.toml'), codexConfig(setup))
  const env = {
    ...user.env,
    CODEX_HOME: home,
    FAKE_KEY: 'x',
    RUST_LOG: 'error',
    RUST_BACKTRACE: '0',
    // Whatever is meant for another host comes to the fake model, which refuses and remembers it.
    HTTP_PROXY: setup.modelUrl,
    HTTPS_PROXY: setup.modelUrl,
    NO_PROXY: '127.0.0.1,localhost',
    ...setup.env,
  }
  return { ...user, env }
}
