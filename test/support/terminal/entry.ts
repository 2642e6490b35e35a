import { appendFileSync, readFileSync } from 'node:fs'
import { approvalsCommand } from '../../../electron/cli/commands/approvals.ts'
import { policyCommand } from '../../../electron/cli/commands/policy.ts'
import { processIo } from '../../../electron/cli/terminal/io.ts'

/*
 * A command in a real terminal whose clock is a file, so that a test and not the time decides when a wait is over.
 * Every read of the terminal is noted once the command has dealt with it.
 */

const { KOSMO_TEST_CLOCK = '', KOSMO_TEST_READS = '' } = process.env
const [name, ...args] = process.argv.slice(2)

process.stdin.on('data', chunk => {
  setImmediate(() => appendFileSync(KOSMO_TEST_READS, `${JSON.stringify(chunk.toString())}\n`))
})
process.stdin.pause()

const io = {
  ...processIo(),
  now: () => Number(readFileSync(KOSMO_TEST_CLOCK, 'utf8')),
  random: () => 0,
  // Who runs the tests may well be an agent.
  person: async () => ({ interactive: true as const }),
}
const run = name === 'policy' ? policyCommand : approvalsCommand
process.exitCode = await run(args, io)
