import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../setup/paths.mjs'
import { readPage } from '../support/docs/pages.ts'

/** A phrase of a page, and the constant that it tells: where it is, its name, and what it has to be. */
const NUMBERS: [page: string, phrase: string, source: string, name: string, value: number][] = [
  ['docs/mcp.md', 'at most 4 MB each', 'electron/cli/bridge.ts', 'MAX_LINE_BYTES', 4 * 1024 * 1024],
  ['docs/mcp.md', '64 calls', 'electron/gateway/stdio/client-session.ts', 'MAX_IN_FLIGHT', 64],
  ['docs/mcp.md', 'at most 45 seconds', 'electron/gateway/call-tool.ts', 'CALL_DEADLINE_MS', 45_000],
  ['docs/mcp.md', 'every 5 s', 'electron/gateway/write-once.ts', 'PROGRESS_EVERY_MS', 5_000],
  ['docs/mcp.md', '50,000 characters', 'shared/results/limits.ts', 'DEFAULT_RESULT_CHARACTERS', 50_000],
  ['docs/mcp.md', 'at least 1,000', 'shared/results/limits.ts', 'MIN_RESULT_CHARACTERS', 1_000],
  ['docs/mcp.md', 'at most 10,000', 'shared/results/fit.ts', 'MAX_PART_CHARACTERS', 10_000],
  [
    'docs/mcp.md',
    'within two minutes',
    'electron/integrations/mattermost/posting/intents.ts',
    'SAME_TEXT_MS',
    120_000,
  ],
  ['docs/policy.md', 'within 5 seconds', 'electron/broker/approvals/approvals.ts', 'SHOW_WITHIN_MS', 5_000],
  ['docs/policy.md', '15 minutes', 'shared/approvals/transition.ts', 'LIFETIME_MS', 15 * 60_000],
  ['docs/policy.md', 'at least 5 more', 'shared/approvals/transition.ts', 'EXTENSION_MS', 5 * 60_000],
  ['docs/policy.md', '240 seconds for Codex', 'shared/approvals/wait.ts', 'CODEX_WAIT_MS', 240_000],
  ['docs/policy.md', '50 for clients', 'shared/approvals/wait.ts', 'UNKNOWN_WAIT_MS', 50_000],
  ['docs/threat-model.md', 'good for a minute', 'electron/broker/approvals/permits.ts', 'PERMIT_MS', 60_000],
  [
    'docs/troubleshooting.md',
    'for 30 seconds',
    'electron/integrations/mattermost/http/server-gate.ts',
    'TOKEN_PAUSE_MS',
    30_000,
  ],
  ['docs/headless.md', 'about 100 bytes', 'electron/broker/socket-server.ts', 'MAX_PATH_BYTES', 103],
]

it.each(NUMBERS)('%s: "%s" is %s %s', (page, phrase, source, name, value) => {
  expect(readPage(page).text.replace(/\s+/g, ' ')).toContain(phrase)
  expect(constantOf(source, name)).toBe(value)
})

/** The value of a constant that is a number or a product of some. */
function constantOf(path: string, name: string): number {
  const [, product = ''] =
    new RegExp(`const ${name} = ([\\d_ *]+)\\n`).exec(readFileSync(join(root, path), 'utf8')) ?? []
  return product.split('*').reduce((value, factor) => value * Number(factor.replaceAll('_', '')), 1)
}
