import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { builtProgram } from '../mcp/program.ts'

/** A copy of the built program with a change in `kosmo.cjs`; removed when the test is finished. */
export function patchedProgram(change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kosmo-patched-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const cli = join(folder, 'cli')
  cpSync(dirname(builtProgram()), cli, { recursive: true })
  symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(folder, 'node_modules'))
  const program = join(cli, 'kosmo.cjs')
  const before = readFileSync(program, 'utf8')
  const after = change(before)
  if (after === before) throw new Error('the built program has changed: what is to be patched is not in it')
  writeFileSync(program, after)
  return program
}
