import { join } from 'node:path'
import { z } from 'zod'
import type { GatewayCommand } from './gateway-command.ts'
import { installClient } from './install-client.ts'
import { makePrivateHome } from './private-home.ts'
import { runProgram } from './run-program.ts'

const report = z.looseObject({
  tools: z.number(),
  findings: z.array(z.looseObject({ tool: z.string(), code: z.string(), message: z.string() })).nullable(),
})

/** One remark of mcp-assert about a tool's definition. */
export interface LintFinding {
  readonly tool: string
  /** Rule, such as `E103`. */
  readonly code: string
  readonly message: string
}

/** Lints the definitions of all tools that the gateway lists; no tool is called. */
export async function lintTools(
  gateway: GatewayCommand,
): Promise<{ tools: number; findings: LintFinding[] }> {
  const name = '@blackwell-systems/mcp-assert'
  const folder = await installClient({ name, version: '0.12.3', megabytes: 8 })
  const launcher = join(folder, 'node_modules', name, 'bin/mcp-assert')
  const home = await makePrivateHome()
  try {
    const server = [gateway.command, ...gateway.args].join(' ')
    const setting = { cwd: home.workspace, env: { ...home.env, ...gateway.env } }
    const args = [launcher, 'lint', '--json', '--server', server]
    const run = await runProgram(process.execPath, args, setting)
    const { tools, findings } = report.parse(JSON.parse(run.stdout))
    return { tools, findings: findings ?? [] }
  } finally {
    await home.close()
  }
}
