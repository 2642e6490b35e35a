import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { startBrokerProcess } from '../broker/broker-process.ts'
import { runKosmoWith, runLine } from '../cli/run-line.ts'
import { exampleWorld } from '../mattermost/example-world.ts'
import { startMattermost } from '../mattermost/server.ts'
import type { Fence, Page } from './pages.ts'

/*
 * Runs what a page shows, block by block, as its reader would: in one home, with a server, an account and the files that
 * pages speak of. What an HTML comment right before a block says:
 *
 *   not run: WHY      it is not run (its commands are looked up in the table all the same)
 *   ends with N       its last command ends with that exit code
 *   prints            what the block before it prints; `…` stands for anything
 *   file: PATH        this block is what stands in that file, in the home folder
 *   with a broker     anywhere on the page: a broker runs
 */

/** The address of pages; the server of the test stands for it. */
const EXAMPLE_URL = 'https://chat.example.org'

const NOT_RUN = /^not run: .{10,}/

/** A block that is run, and what it has to print where the page shows it. */
export type Step = { block: Fence; endsWith: number; prints: string | undefined }

/** The blocks of a page that are run. @throws where a comment is not understood */
export function stepsOf({ path, fences }: Page): Step[] {
  const steps: Step[] = []
  for (const fence of fences) {
    const { note, line, text } = fence
    if (fence.language === 'sh') {
      if (NOT_RUN.test(note)) continue
      const [, code = '0'] = /^ends with (\d+)$/.exec(note) ?? []
      if (note !== '' && !note.startsWith('ends with'))
        throw new Error(`${path}:${line}: "${note}" says nothing here`)
      steps.push({ block: fence, endsWith: Number(code), prints: undefined })
    } else if (note === 'prints') {
      const last = steps.at(-1)
      if (last === undefined) throw new Error(`${path}:${line}: nothing is run before this`)
      last.prints = text
    }
  }
  return steps
}

/** Runs them one after the other. */
export async function runPage(page: Page): Promise<void> {
  const { world, people } = exampleWorld()
  const mattermost = await startMattermost({ world })
  onTestFinished(() => mattermost.close())
  const token = world.token(people.alice)
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'kd-')))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const project = join(home, 'project')
  for (const folder of ['.codex', '.claude', 'project/.git', '.zfunc', '.config/fish/completions']) {
    mkdirSync(join(home, folder), { recursive: true })
  }
  const account = { url: mattermost.url, access_token: token }
  writeFileSync(join(project, 'account.json'), JSON.stringify({ set: account }))
  writeFileSync(
    join(project, 'post.json'),
    JSON.stringify({ channel_id: 'eng/dev', message: 'Deployed 1.2' }),
  )
  writeFileSync(
    join(project, 'report.lua'),
    'print(app.integrations.mattermost.list_teams().total)\nreturn 42\n',
  )
  const place = join(home, '.kosmokrator-desktop')
  const variables = { HOME: home, MATTERMOST_ACCESS_TOKEN: token }
  const set = ['integrations:configure', 'mattermost', '--stdin-json', '--store=file']
  const configured = await runKosmoWith(set, {
    variables: { HOME: home },
    stdin: JSON.stringify({ set: account }),
  })
  expect(configured.stderr).toBe('')
  if (page.text.includes('<!-- with a broker -->')) {
    await startBrokerProcess({ home: place, variables: { HOME: home } })
  }
  for (const { block, endsWith, prints } of stepsOf(page)) {
    const script = block.text.replaceAll(EXAMPLE_URL, mattermost.url)
    const where = `${page.path}:${block.line}`
    const ran = await runLine(`set -e\n${script}`, { variables, cwd: project })
    expect({ where, code: ran.code, stderr: ran.code === endsWith ? '' : ran.stderr + ran.stdout }).toEqual({
      where,
      code: endsWith,
      stderr: '',
    })
    if (ran.stdout.includes(token)) throw new Error(`${where} prints the token`)
    if (prints !== undefined) {
      expect(ran.stdout + ran.stderr, where).toMatch(
        patternOf(prints.replaceAll(EXAMPLE_URL, mattermost.url)),
      )
    }
  }
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
