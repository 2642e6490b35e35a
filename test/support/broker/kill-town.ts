import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { Person } from '../mattermost/records.ts'
import { startMattermost, type TestMattermost } from '../mattermost/server.ts'
import { World } from '../mattermost/world.ts'
import { type Account, newHome } from './broker-process.ts'
import { type AuditRow, auditRows, runKosmo, verifyAudit } from './kosmo-audit.ts'

/** A home folder with the texts of posts in its audit, and a Mattermost whose clock a test can put forward. */
export type KillTown = {
  home: string
  account: Account
  mattermost: TestMattermost
  /** Somebody to whom there is no direct channel yet. */
  bob: Person
  /** How often a message is there, wherever it was posted. */
  count(message: string): number
  /** All messages of the account, wherever they were posted. */
  posted(): string[]
  /** Steps of all journal files. */
  steps(): string[]
  /** Decisions in the audit, as its files say at this moment. */
  decisions(): string[]
  /** As if so much time had passed: for the server by its clock, for us by what the journal says. */
  letPass(milliseconds: number): void
  /** Nothing was posted twice or without its release being on record, and nobody has touched the record. */
  expectWell(): Promise<void>
  /** What `kosmo journal` ends with: 0 where every post is accounted for. */
  journalCode(): Promise<number | null>
}

/** Opens it for the test that is running. */
export async function openKillTown(): Promise<KillTown> {
  const home = newHome()
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ version: 1, auditText: true }))
  let aheadMs = 0
  const world = new World({ now: () => Date.now() + aheadMs })
  const alice = world.addPerson('alice')
  const bob = world.addPerson('bob')
  const team = world.addTeam('engineering', { displayName: 'Engineering', creator: bob })
  world.joinTeam(team, alice)
  const mattermost = await startMattermost({ world })
  onTestFinished(() => mattermost.close())

  const posted = (): string[] =>
    [...world.channels.keys()].flatMap(channel =>
      world.posts
        .inChannel(channel)
        .filter(post => post.userId === alice.id && post.type === '')
        .map(post => post.message),
    )
  const matches = (folder: string, pattern: RegExp): string[] =>
    files(join(home, folder)).flatMap(path =>
      [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, word = '']) => word),
    )

  return {
    home,
    account: { url: mattermost.url, token: world.token(alice) },
    mattermost,
    bob,
    posted,
    count: message => posted().filter(each => each === message).length,
    steps: () => matches('journal', /^\{"step":"([a-z-]+)".*\}$/gm),
    decisions: () => matches('audit', /"decision":"([a-z-]+)".*\}$/gm),
    letPass(milliseconds) {
      aheadMs += milliseconds
      for (const path of files(join(home, 'journal'))) {
        const earlier = (_: string, at: string) =>
          `"at":"${new Date(Date.parse(at) - milliseconds).toISOString()}"`
        writeFileSync(path, readFileSync(path, 'utf8').replace(/"at":"([^"]+)"/g, earlier))
      }
    },
    async expectWell() {
      expect(await verifyAudit(home)).toMatchObject({ exitCode: 0 })
      const rows = await auditRows(home)
      const texts = posted()
      expect(texts.filter((text, place) => texts.indexOf(text) !== place)).toEqual([])
      expect(texts.filter(text => !rows.some(row => isReleaseOf(row, text, rows)))).toEqual([])
    },
    async journalCode() {
      return (await runKosmo(home, 'journal')).exitCode
    },
  }
}

/** Whether a row lets this text go, after a person approved it under the same id. */
function isReleaseOf(row: AuditRow, text: string, rows: AuditRow[]): boolean {
  if (row.decision !== 'released' || row.text !== text || row.approval === undefined) return false
  return rows.some(
    ({ decision, approval, by }) =>
      decision === 'approved' && approval === row.approval && by === 'person (terminal)',
  )
}

function files(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.endsWith('.jsonl'))
    .map(name => join(folder, name))
}
