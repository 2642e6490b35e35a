import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { installClient } from './install-client.ts'
import { makePrivateHome } from './private-home.ts'
import { runProgram } from './run-program.ts'

const check = z.looseObject({
  id: z.string(),
  status: z.string(),
  errorMessage: z.string().optional(),
  details: z.unknown().optional(),
})

/** One check of a conformance scenario. */
export type ConformanceCheck = z.infer<typeof check>

/** Runs every scenario of the official suite for one protocol revision; returns its checks by scenario. */
export async function runConformance(
  url: string,
  revision: string,
): Promise<ReadonlyMap<string, readonly ConformanceCheck[]>> {
  const name = '@modelcontextprotocol/conformance'
  // A pre-release, for `wire-schema-valid`: the stable 0.1.16 has no check of every message.
  const folder = await installClient({ name, version: '0.2.0-alpha.12', megabytes: 55 })
  const suite = join(folder, 'node_modules', name, 'dist/index.js')
  const home = await makePrivateHome()
  try {
    const output = join(home.root, 'results')
    const args = ['server', '--url', url, '--suite', 'all', '--spec-version', revision, '-o', output]
    const run = await runProgram(process.execPath, [suite, ...args], { cwd: home.workspace, env: home.env })
    const results = new Map<string, readonly ConformanceCheck[]>()
    for (const scenario of await readdir(output)) {
      const checks = JSON.parse(await readFile(join(output, scenario, 'checks.json'), 'utf8'))
      results.set(scenarioName(scenario), z.array(check).parse(checks))
    }
    if (results.size === 0) throw new Error(`the suite ran nothing: ${run.stderr}`)
    return results
  } finally {
    await home.close()
  }
}

/** `server-tools-list-2026-11-22T17-27-41-199Z` holds the results of `tools-list`. */
function scenarioName(folder: string): string {
  return folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '')
}
