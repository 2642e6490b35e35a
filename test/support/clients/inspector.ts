import { join } from 'node:path'
import { z } from 'zod'
import type { GatewayCommand } from './gateway-command.ts'
import { installClient } from './install-client.ts'
import { makePrivateHome } from './private-home.ts'
import { runProgram } from './run-program.ts'

/** What MCP Inspector's command line made of one request. */
export interface InspectorRun {
  /** 0 fine, 5 a tool problem, 6 a schema that other clients cannot take. */
  readonly exitCode: number | null
  /** The server's result, if there was one. */
  readonly result: Record<string, unknown> | undefined
  /** Inspector's own name for what went wrong, such as `tool_is_error`. */
  readonly errorCode: string | undefined
  readonly stderr: string
}

/** Installs MCP Inspector into the test cache and returns the path of its launcher. */
export async function installInspector(): Promise<string> {
  const name = '@modelcontextprotocol/inspector'
  const folder = await installClient({ name, version: '2.12.0', megabytes: 110 })
  return join(folder, 'node_modules', name, 'clients/launcher/build/index.js')
}

/** Sends one request to the gateway through MCP Inspector's command line. */
export async function runInspector(
  gateway: GatewayCommand,
  method: string,
  ...options: string[]
): Promise<InspectorRun> {
  const launcher = await installInspector()
  const home = await makePrivateHome()
  try {
    const server = [gateway.command, ...gateway.args]
    const settings = Object.entries(gateway.env).flatMap(([key, value]) => ['-e', `${key}=${value}`])
    const args = [
      launcher,
      '--cli',
      ...server,
      ...settings,
      '--method',
      method,
      ...options,
      '--format',
      'json',
    ]
    const run = await runProgram(process.execPath, args, { cwd: home.workspace, env: home.env })
    const printed = [...jsonLines(run.stdout), ...jsonLines(run.stderr)]
    return {
      exitCode: run.exitCode,
      result: printed.find(line => line.result !== undefined)?.result,
      errorCode: printed.find(line => line.error !== undefined)?.error?.code,
      stderr: run.stderr,
    }
  } finally {
    await home.close()
  }
}

const line = z.looseObject({
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.looseObject({ code: z.string() }).optional(),
})

function jsonLines(text: string): z.infer<typeof line>[] {
  return text
    .split('\n')
    .filter(each => each.startsWith('{'))
    .map(each => line.parse(JSON.parse(each)))
}
