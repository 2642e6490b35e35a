import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { assertNever } from '../../../shared/assert-never.ts'
import { runLine } from '../cli/run-line.ts'
import type { Page } from './pages.ts'
import { openReaderHome, type ReaderHome } from './reader-home.ts'
import { shellCommands } from './shell-commands.ts'

/*
 * Runs what a page shows of `kosmo`, block by block, as its reader would. What an HTML comment right before a block says:
 *
 *   not run: WHY      it is not run (its commands are looked up in the table all the same)
 *   ends with N       its last command ends with that exit code
 *   prints            what the block before it prints; `…` stands for anything
 *   file: PATH        what stands in that file below the home folder
 *   with a broker     anywhere on the page: a broker runs
 */

/** The address on pages; the server of the test stands for it. */
const EXAMPLE_URL = 'https://chat.example.org'

const NOT_RUN = /^not run: .{10,}/

/** What a reader does with a block. */
export type Step =
  | { kind: 'run'; where: string; script: string; endsWith: number; prints: string | undefined }
  | { kind: 'write'; path: string; text: string }

/** What there is to do on a page. @throws where a comment is not understood */
export function stepsOf({ path, fences }: Page): Step[] {
  const steps: Step[] = []
  for (const { language, note, line, text } of fences) {
    const where = `${path}:${line}`
    const [, file] = /^file: (\S+)$/.exec(note) ?? []
    const [, code] = /^ends with (\d+)$/.exec(note) ?? []
    if (file !== undefined) steps.push({ kind: 'write', path: file, text })
    else if (language === 'sh') {
      if (NOT_RUN.test(note) || !shellCommands(text).some(([program]) => program === 'kosmo')) continue
      if (note !== '' && code === undefined) throw new Error(`${where}: "${note}" says nothing here`)
      steps.push({ kind: 'run', where, script: text, endsWith: Number(code ?? 0), prints: undefined })
    } else if (note === 'prints') {
      const last = steps.at(-1)
      if (last?.kind !== 'run') throw new Error(`${where}: nothing is run before this`)
      last.prints = text
    }
  }
  return steps
}

/** Does it, one after the other, in one home. */
export async function runPage(page: Page): Promise<void> {
  const reader = await openReaderHome({ withBroker: page.text.includes('<!-- with a broker -->') })
  for (const step of stepsOf(page)) {
    switch (step.kind) {
      case 'write': {
        const path = join(reader.home, step.path)
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, step.text)
        break
      }
      case 'run':
        await runBlock(step, reader)
        break
      default:
        assertNever(step)
    }
  }
}

async function runBlock(
  { where, script, endsWith, prints }: Extract<Step, { kind: 'run' }>,
  { home, project, url, token }: ReaderHome,
): Promise<void> {
  const variables = { HOME: home, MATTERMOST_ACCESS_TOKEN: token }
  const ran = await runLine(`set -e\n${script.replaceAll(EXAMPLE_URL, url)}`, { variables, cwd: project })
  const printed = ran.stdout + ran.stderr
  const said = ran.code === endsWith ? '' : printed.replaceAll(token, '…')
  expect({ where, code: ran.code, said }).toEqual({ where, code: endsWith, said: '' })
  expect(printed.includes(token), `${where} prints the token`).toBe(false)
  if (prints !== undefined) expect(printed, where).toMatch(patternOf(prints.replaceAll(EXAMPLE_URL, url)))
}

/** Lines that have to come in this order; `…` stands for anything, in a line or for lines. */
function patternOf(shown: string): RegExp {
  const lines = shown.split('\n').map(line =>
    line.trim() === '…'
      ? '[\\s\\S]*'
      : line
          .trimEnd()
          .split('…')
          .map(part => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+'))
          .join('[^\\n]*'),
  )
  return new RegExp(lines.join('\\s*'))
}
