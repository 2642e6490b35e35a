import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type BrokerProcess,
  showEverything,
  startBrokerProcess,
} from '../../../support/broker/broker-process.ts'
import { auditRows } from '../../../support/broker/kosmo-audit.ts'
import { until } from '../../../support/broker/until.ts'
import { openLuaTown } from '../../../support/lua/run-lua.ts'
import { SITE_POST } from '../../../support/lua/site-examples.ts'
import { builtProgram } from '../../../support/mcp/program.ts'

const LOOP = `for i = 1, 3 do
  print(pcall(app.integrations.mattermost.create_post, {channel_id = "~town-square", message = "post " .. i}))
end`

describe('row 58: writes of a script', () => {
  it('are refused under deny, and nothing is sent, whatever --force says', async () => {
    const { kosmo, lua, posted, writes } = await openLuaTown()
    await kosmo(['integrations:configure', 'mattermost', '--write', 'deny'])
    const denied = await lua(SITE_POST)
    expect(denied).toMatchObject({
      success: false,
      error: expect.stringMatching(/^eval:1: Writes are refused by policy/),
    })
    const forced = await kosmo(['integrations:lua', '--eval', SITE_POST, '--force', '--json'])
    expect(JSON.parse(forced.stdout)).toMatchObject({
      success: false,
      error: denied.error,
      meta: { permission_bypassed: false },
    })
    expect(forced.stderr).toMatch(/--force lifts nothing/)
    expect([posted(), writes()]).toEqual([[], []])
  })

  it('are refused under ask where nobody can be asked, and nothing is sent', async () => {
    const { lua, posted, writes } = await openLuaTown()
    const asked = await lua(SITE_POST)
    expect(asked).toMatchObject({ success: false, error: expect.stringMatching(/\[unreachable\]$/) })
    expect(asked.integration_calls).toMatchObject([
      { path: 'app.integrations.mattermost.create_post', status: 'error', error: expect.any(String) },
    ])
    expect([posted(), writes()]).toEqual([[], []])
  })

  it('a project’s file forbids them, for scripts too', async () => {
    const { kosmo, home, posted } = await openLuaTown()
    mkdirSync(join(home, 'project', '.kosmo'), { recursive: true })
    const config = { kosmo: { integrations: { mattermost: { permissions: { write: 'deny' } } } } }
    writeFileSync(join(home, 'project', '.kosmo', 'config.yaml'), JSON.stringify(config))
    const { stderr } = await kosmo(['integrations:lua', '-e', SITE_POST], { folder: 'project' })
    expect(stderr).toMatch(/refused by policy: a configuration file of this project/)
    expect(posted()).toEqual([])
  })
})

describe('row 58: with a broker', () => {
  it('a person is asked once for each post, and a denied one is an error of the script', async () => {
    const town = await openLuaTown()
    const broker = await startBrokerProcess({ home: town.home })
    const asked = await answerAll(broker, text => (text === 'post 2' ? 'deny' : 'once'))
    const { output, success } = await town.lua(LOOP)
    expect(asked).toEqual(['post 1', 'post 2', 'post 3'])
    expect(success).toBe(true)
    expect(output.match(/^(true|false)/gm)).toEqual(['true', 'false', 'true'])
    expect(output).toMatch(/^false\t.*denied/m)
    expect(town.posted()).toEqual(['post 1', 'post 3'])
  })

  it('a grant covers the rest', async () => {
    const town = await openLuaTown()
    const broker = await startBrokerProcess({ home: town.home })
    const asked = await answerAll(broker, () => 'session')
    expect((await town.lua(LOOP)).success).toBe(true)
    expect(asked).toEqual(['post 1'])
    expect(town.posted()).toEqual(['post 1', 'post 2', 'post 3'])
    // Of that run, and of no other.
    expect((await town.lua(SITE_POST)).success).toBe(true)
    expect(asked).toEqual(['post 1', 'Hello from the AI agent! :robot:'])
  })

  it('every call is in the audit, under the name of the runtime', async () => {
    const town = await openLuaTown()
    const broker = await startBrokerProcess({ home: town.home })
    await answerAll(broker, () => 'once')
    const { output } = await town.lua(`${SITE_POST} app.integrations.mattermost.list_teams()`)
    expect(output).toMatch(/^Posted message ID: \w{26}$/)
    const rows = await auditRows(town.home)
    expect(rows.filter(({ kind }) => kind === 'call')).toMatchObject([
      { client: 'kosmo-lua', function: 'mattermost_create_post', outcome: 'ok' },
      { client: 'kosmo-lua', function: 'mattermost_list_teams', outcome: 'ok' },
    ])
    expect(JSON.stringify(rows)).not.toContain('Hello from')
  })

  it('what a script still waits for when it is ended is never posted', async () => {
    const town = await openLuaTown()
    const broker = await startBrokerProcess({ home: town.home })
    const { broker: person } = await showEverything(broker)
    const child = spawn(process.execPath, [builtProgram(), 'integrations:lua', '-e', SITE_POST], {
      cwd: town.home,
      env: town.variables,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise(resolve => child.once('exit', resolve))
    const [request] = await until('somebody is asked', async () => {
      const list = await person.listApprovals({})
      return list.length === 1 && list
    })
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    await until('nothing waits', async () => (await person.listApprovals({})).length === 0)
    const answer = { kind: 'approve', span: 'once', reach: 'channel' } as const
    expect(await person.answer({ id: request?.id ?? '', answer })).toMatchObject({ kind: 'already-decided' })
    expect(town.posted()).toEqual([])
  })
})

/** A person who answers whatever comes, by its text. @returns the texts that were asked about */
async function answerAll(
  broker: BrokerProcess,
  decide: (text: string) => 'once' | 'session' | 'deny',
): Promise<string[]> {
  const asked: string[] = []
  const seen = new Set<string>()
  const { broker: person } = await broker.terminal({
    events: {
      approvalsChanged({ approvals }) {
        for (const { id, subject } of approvals.filter(each => !seen.has(each.id))) {
          seen.add(id)
          asked.push(subject.text)
          const span = decide(subject.text)
          const answer =
            span === 'deny'
              ? { kind: 'deny' as const }
              : { kind: 'approve' as const, span, reach: 'channel' as const }
          void person.reportShown({ ids: [id] }).then(() => person.answer({ id, answer }))
        }
        return null
      },
    },
  })
  await person.watchApprovals({})
  return asked
}
