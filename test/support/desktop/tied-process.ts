import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dyingWithParent } from './dying-with-parent.ts'

/** Processes of one test, ended with it and with us. */
export class TiedProcesses {
  readonly #started: ChildProcess[] = []

  start(
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    stdio: StdioOptions = 'ignore',
  ): ChildProcess {
    const [program, ...all] = dyingWithParent(command, args)
    const child = spawn(program, all, { env, stdio })
    this.#started.push(child)
    return child
  }

  /** Kills all of them, the youngest first. */
  async stop(): Promise<void> {
    for (const child of this.#started.splice(0).reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
}
