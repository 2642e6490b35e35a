import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import {
  type Answered,
  type LuaEnded,
  openSandbox,
  type Sandbox,
} from '../../../electron/lua/open-sandbox.ts'
import { builtProgram } from '../mcp/program.ts'

export type LuaCall = { path: readonly string[]; given: Record<string, unknown> }

export type OpenLua = {
  sandbox: Sandbox
  /** Runs code and gives how it ended. */
  run(code: string): Promise<LuaEnded>
  /** What code returns. @throws where it fails */
  returned(code: string): Promise<unknown[]>
  /** What has been printed. */
  printed: string[]
  calls: LuaCall[]
}

export type OpenLuaOptions = {
  memory?: number
  time?: number
  call?: (call: LuaCall) => Promise<Answered> | Answered
  /** Default: the built one. */
  program?: string
}

const MEGABYTE = 1024 * 1024

/** The sandbox of the built program for the test that is running, with functions of the test's own. */
export function openLua(options: OpenLuaOptions = {}): OpenLua {
  const { memory = 32 * MEGABYTE, time = 20_000, call } = options
  const printed: string[] = []
  const calls: LuaCall[] = []
  const sandbox = openSandbox({
    program: options.program ?? join(dirname(builtProgram()), 'lua-sandbox.cjs'),
    limits: { memory, time },
    now: () => performance.now(),
    host: {
      output: text => void printed.push(text),
      async call(path, given) {
        calls.push({ path, given })
        return (await call?.({ path, given })) ?? { kind: 'value', value: null }
      },
      docs: async (page, about) => ({ kind: 'value', value: `${page} ${about}` }),
    },
  })
  onTestFinished(() => sandbox.close())
  const run = (code: string) => sandbox.run(code, 'test')
  return {
    sandbox,
    run,
    printed,
    calls,
    async returned(code) {
      const { result, error } = await run(code)
      if (result === null) throw new Error(error ?? 'no result')
      return result
    },
  }
}
