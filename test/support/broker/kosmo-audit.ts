import * as z from 'zod'
import { runProgram } from '../clients/run-program.ts'
import { builtProgram } from '../mcp/program.ts'

const entry = z.looseObject({
  kind: z.string(),
  client: z.string().optional(),
  session: z.string().optional(),
  decision: z.string().optional(),
  by: z.string().optional(),
  outcome: z.string().optional(),
  approval: z.string().optional(),
})

export type AuditRow = z.infer<typeof entry>

/** Runs a command of the built program with nothing but its home, as in a pipe. */
export function runKosmo(home: string, ...args: string[]): ReturnType<typeof runProgram> {
  const env = { HOME: home, KOSMO_HOME: home, PATH: '/usr/bin:/bin' }
  return runProgram(process.execPath, [builtProgram(), ...args], { cwd: home, env })
}

/** What `kosmo audit --json` lists. */
export async function auditRows(home: string): Promise<AuditRow[]> {
  const { stdout } = await runKosmo(home, 'audit', '--json', '--limit=10000')
  return z.object({ success: z.literal(true), entries: z.array(entry) }).parse(JSON.parse(stdout)).entries
}

/** Runs `kosmo audit --verify`: 0 and `ok` where nothing was altered. */
export async function verifyAudit(home: string): Promise<{ exitCode: number | null; stdout: string }> {
  const { exitCode, stdout } = await runKosmo(home, 'audit', '--verify')
  return { exitCode, stdout }
}

const pending = z.looseObject({ id: z.string(), attended: z.boolean(), shownOn: z.array(z.string()) })

/** What `kosmo approvals --json` lists. */
export async function approvalRows(home: string): Promise<z.infer<typeof pending>[]> {
  const { stdout } = await runKosmo(home, 'approvals', '--json')
  return z.object({ success: z.literal(true), approvals: z.array(pending) }).parse(JSON.parse(stdout))
    .approvals
}
