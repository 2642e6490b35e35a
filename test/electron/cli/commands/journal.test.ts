import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { journalCommand } from '../../../../electron/cli/commands/journal.ts'
import { EXIT } from '../../../../electron/cli/exit-codes.ts'
import type { JournalLine } from '../../../../shared/posting/journal-entry.ts'
import { newHome } from '../../../support/broker/broker-process.ts'
import { capturedIo } from '../../../support/terminal/captured-io.ts'

async function run(args: string[], ...lines: JournalLine[]) {
  const home = newHome()
  const folder = join(home, 'journal')
  mkdirSync(folder)
  writeFileSync(join(folder, 'a.jsonl'), lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  const io = capturedIo(home)
  const code = await journalCommand(args, io)
  return { code, printed: io.printed(), complained: io.complained() }
}

const HOSTILE = '\u001b[2J\u202eevil'

const INTENDED: JournalLine = {
  step: 'intended',
  at: '2026-11-26T10:00:00Z',
  mark: 'm',
  server: 'https://chat.example.org',
  author: 'a1',
  channel: `c1${HOSTILE}`,
  hash: 'h',
  characters: 9,
  client: HOSTILE,
  pid: 2 ** 30,
  claim: 'c',
}
const SENDING: JournalLine = { step: 'sending', at: '2026-11-26T10:00:01Z', attempt: 1, pending: 'p' }

describe('kosmo journal', () => {
  it('is told how it is used', async () => {
    expect(await run(['--help'])).toMatchObject({
      code: EXIT.ok,
      printed: expect.stringContaining('kosmo journal [--json]'),
    })
  })

  it.each([
    [['--jsno'], /--jsno.*See kosmo journal --help/],
    [['all'], /"all" is one word too many/],
  ])('does not pass over %j', async (args, complaint) => {
    expect(await run(args)).toEqual({
      code: EXIT.usage,
      printed: '',
      complained: expect.stringMatching(complaint),
    })
  })

  it.each([[[]], [['--json']]])('shows nothing that a terminal would obey with %j', async args => {
    const { code, printed } = await run(args, INTENDED, SENDING)
    expect(code).toBe(EXIT.failure)
    expect(printed).toContain('c1')
    expect(printed).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  })
})
