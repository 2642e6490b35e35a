import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../broker/until.ts'
import { type AppOptions, type RunningApp, startApp } from './start-app.ts'

const FOLDER = join(import.meta.dirname, 'fixture')

/** The little app on which the host itself is tested. */
export type Fixture = RunningApp & {
  /** Invokes a channel as nobody's page, from the top frame of its window. */
  invoke(channel: string, ...args: unknown[]): Promise<unknown>
  /** What it told so far: a name and more. */
  told(name: string): unknown[][]
  /** Waits until it told that. */
  tells(...facts: unknown[]): Promise<unknown[]>
}

export async function startFixture(options: Partial<AppOptions> = {}): Promise<Fixture> {
  const home = mkdtempSync(join(tmpdir(), 'electron-fixture-'))
  const app = await startApp({ app: FOLDER, home, ...options })
  const told = (name: string) => lines(app.output().stdout).filter(([first]) => first === name)
  // It shows its window when the page has loaded.
  await until('the window of the fixture', () => told('show').length > 0)
  return {
    ...app,
    invoke: (channel, ...args) => app.control.invokeFrom(1, undefined, channel, args),
    told,
    tells: (name, ...facts) =>
      until(`the app tells ${JSON.stringify([name, ...facts])}; it told:\n${app.output().stdout}`, () =>
        told(String(name)).find(line => facts.every((fact, at) => line[at + 1] === fact)),
      ),
    stop: async () => {
      await app.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function lines(output: string): unknown[][] {
  return output
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}
