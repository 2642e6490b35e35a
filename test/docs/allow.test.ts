import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runKosmoWith } from '../support/cli/run-line.ts'
import { readPage } from '../support/docs/pages.ts'
import { openReaderHome } from '../support/docs/reader-home.ts'
import { shellCommands } from '../support/docs/shell-commands.ts'
import { builtProgram } from '../support/mcp/program.ts'
import { openTerminal } from '../support/terminal/pty.ts'

/** Longer than what is thrown away after a key that came too early. */
const BETWEEN_KEYS_MS = 500

describe.runIf(process.platform !== 'win32')('how posts are let through unasked, as policy.md has it', () => {
  it('takes all of its lines, with a yes at a terminal', async () => {
    const block = readPage('docs/policy.md').fences.find(({ text }) => text.startsWith('kosmo policy allow'))
    // The command line is a client like any other, and can be asked what would become of a post.
    const lines = shellCommands((block?.text ?? '').replaceAll('codex-mcp-client', 'kosmo-cli'))
    expect(lines.length).toBeGreaterThan(1)
    const { home, project } = await openReaderHome({ withBroker: false })
    const decision = async () => {
      const post = ['mattermost.create_post', '--channel-id=eng/dev', '--message=Hello', '--dry-run']
      const ran = await runKosmoWith(['integrations:call', ...post], {
        variables: { HOME: home },
        cwd: project,
      })
      return ran.stdout.split('\n').find(line => line.startsWith('decision: '))
    }
    for (const [, ...args] of lines) {
      expect(await decision()).toBe('decision: a person would be asked')
      await withYes(args, home, project)
    }
    expect(await decision()).toBe('decision: it would be sent unasked, unless it notifies everybody')
  }, 60_000)
})

/** Runs it in a terminal of its own, and says yes to what it asks. */
async function withYes(args: string[], home: string, folder: string): Promise<void> {
  const place = args.some(word => word.startsWith('--client')) ? [`--workspace=${folder}`] : []
  const terminal = openTerminal(builtProgram(), [...args, ...place], { HOME: home })
  onTestFinished(() => terminal.close())
  let code: number | undefined
  void terminal.ended.then(ended => {
    code = ended
  })
  await vi.waitFor(
    () => {
      if (code === undefined && terminal.seen().includes('[y/N]')) terminal.send('y\r')
      expect(code, terminal.seen()).toBe(0)
    },
    { timeout: 30_000, interval: BETWEEN_KEYS_MS },
  )
}
