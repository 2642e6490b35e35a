import { ownProgram } from '../../broker/own-programs.ts'
import { type LuaLimits, openSandbox, type Sandbox } from '../../lua/open-sandbox.ts'
import { limitsHere } from '../calls/limits-here.ts'
import { openCalls } from '../calls/open-calls.ts'
import type { CliIo } from '../terminal/io.ts'
import type { ScriptRun } from './lua-envelope.ts'
import { type CallRecord, scriptHost } from './script-host.ts'

/** Runs code, one after the other, in a state that lives until it is stopped. */
export type ScriptRunner = {
  run(code: string, name: string): Promise<ScriptRun>
  /** Ends what runs, by the person's wish. */
  interrupt(): void
  readonly isInterrupted: boolean
  close(): Promise<void>
}

/** @param print what is printed, as it comes */
export function openScriptRunner(io: CliIo, limits: LuaLimits, print: (text: string) => void): ScriptRunner {
  const limitsOfFolder = limitsHere(io)
  const newCalls = () => openCalls({ io, client: 'kosmo-lua', limits: limitsOfFolder })
  let calls = newCalls()
  let sandbox: Sandbox | undefined
  let run: { output: string[]; calls: CallRecord[] } = { output: [], calls: [] }
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
    sandbox?.close()
  }
  const host = scriptHost({
    io,
    calls: () => calls,
    limits: limitsOfFolder,
    output(text) {
      run.output.push(text)
      print(text)
    },
    called: record => run.calls.push(record),
    interrupted: interrupt,
  })
  return {
    async run(code, name) {
      run = { output: [], calls: [] }
      isInterrupted = false
      if (calls.isInterrupted) {
        await calls.close()
        calls = newCalls()
      }
      sandbox ??= openSandbox({
        program: ownProgram('lua-sandbox'),
        limits,
        host,
        now: () => performance.now(),
      })
      const began = performance.now()
      const ended = await sandbox.run(code, name)
      if (ended.how === 'stopped') sandbox = undefined
      return {
        ...ended,
        output: run.output.join('\n'),
        calls: run.calls,
        milliseconds: performance.now() - began,
      }
    },
    interrupt,
    get isInterrupted() {
      return isInterrupted
    },
    async close() {
      sandbox?.close()
      await calls.close()
    },
  }
}
