import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrokerProcess, newHome, startBrokerProcess } from '../support/broker/broker-process.ts'
import { auditRows, verifyAudit } from '../support/broker/kosmo-audit.ts'
import { startedWith } from '../support/broker/proc.ts'
import { until } from '../support/broker/until.ts'
import { type AppServer, type AppServerOptions, startAppServer } from '../support/codex/app-server.ts'
import { decide } from '../support/codex/elicitation.ts'
import { installCodex } from '../support/codex/install.ts'
import { call, kosmoEntry, tool } from '../support/codex/kosmo-entry.ts'
import { outputsShown } from '../support/codex/model-request.ts'
import { type ApprovalsTerminal, openApprovals } from '../support/terminal/approvals-terminal.ts'
import { openTown, type Town } from './town.ts'

const createPost = tool('create_post')

let town: Town
const servers: AppServer[] = []

beforeAll(async () => {
  await installCodex()
}, 600_000)
beforeEach(async () => {
  town = await openTown()
})
afterEach(async () => {
  for (const codex of servers.splice(0)) await codex.close()
  await town?.close()
})

/** Codex with our server, which finds the broker of a home by the variables that the entry sets. */
async function startCodex(
  variables: Record<string, string>,
  more: Pick<AppServerOptions, 'onElicitation' | 'env'> = {},
): Promise<AppServer> {
  const entry = kosmoEntry('ask', town.account, { approve: [createPost] })
  const server = { ...entry, env: { ...entry.env, ...variables } }
  const codex = await startAppServer({ server, ...more })
  servers.push(codex)
  return codex
}

function post(message: string): string {
  return call('create_post', { channel_id: '~town-square', message })
}

function shownLast({ model }: AppServer): string {
  const last = model.requests.at(-1)
  return (last && outputsShown(last).at(-1)) ?? ''
}

/** Opens a terminal that shows requests, and waits until the broker counts on it. */
async function openWatch(
  broker: BrokerProcess,
  variables?: Record<string, string>,
): Promise<ApprovalsTerminal> {
  const terminal = await openApprovals(broker.home, variables)
  const person = await broker.terminal()
  await until('the broker has a surface', async () => (await person.broker.status({})).surfaces.length === 1)
  return terminal
}

/** A program in the place of an editor that turns one text into another. */
function editorThatWrites(home: string, text: string): string {
  const editor = join(home, 'editor.sh')
  writeFileSync(editor, `#!/bin/sh\nprintf '%s' '${text}' > "$1"\n`)
  chmodSync(editor, 0o755)
  return editor
}

describe('two Codex under one broker', () => {
  it('one is told why it was denied, the other what was posted instead; a person at one terminal decided', async () => {
    const broker = await startBrokerProcess()
    const EDITOR = editorThatWrites(broker.home, 'Release 1.2.1 is out, at last')
    const watch = await openWatch(broker, { EDITOR })
    const home = { KOSMO_HOME: broker.home }
    const [one, other] = [await startCodex(home), await startCodex(home)]

    const first = one.turn(post('Nobody wants to read this'))
    await watch.shows('> Nobody wants to read this')
    const second = other.turn(post('Release 1.2 is out'))
    await watch.shows('1 of 2 that wait')
    await watch.press('r', 'Why not?')
    await watch.press('too noisy', '? too noisy')
    await watch.press('\r', '> Release 1.2 is out')
    await first
    await watch.press('e', 'This is your text')
    await watch.shows('> Release 1.2.1 is out, at last')
    expect(town.posted()).toEqual([])
    await watch.press('a', 'Nothing waits')
    await second

    expect(shownLast(one)).toMatch(/ERROR: .*nothing was posted.*In their words: "too noisy"/is)
    expect(shownLast(other)).toContain('The person changed the message before it was posted')
    expect(shownLast(other)).toContain('Release 1.2.1 is out, at last')
    expect(town.posted()).toEqual(['Release 1.2.1 is out, at last'])
    expect(town.writes()).toEqual(['POST /api/v4/posts'])
    expect([...one.elicitations, ...other.elicitations]).toEqual([])
    const rows = await auditRows(broker.home)
    const decided = rows.filter(({ by, decision }) => by === 'person (terminal)' && decision !== 'released')
    expect(decided.map(({ decision, client }) => ({ decision, client }))).toEqual([
      { decision: 'denied', client: 'codex-mcp-client' },
      { decision: 'approved-edited', client: 'codex-mcp-client' },
    ])
    expect(new Set(decided.map(({ session }) => session)).size).toBe(2)
    expect(await verifyAudit(broker.home)).toMatchObject({ exitCode: 0 })
  })

  it('asks in Codex’s own form where no surface is open', async () => {
    const broker = await startBrokerProcess()
    const codex = await startCodex({ KOSMO_HOME: broker.home }, { onElicitation: () => decide('once') })
    await codex.turn(post('Release 1.2 is out'))
    expect(codex.elicitations).toHaveLength(1)
    expect(town.posted()).toEqual(['Release 1.2 is out'])
    const rows = await auditRows(broker.home)
    expect(rows.filter(({ decision }) => decision === 'approved')).toMatchObject([{ by: "client's form" }])
  })
})

describe('Codex killed while its request is open', () => {
  it('takes the request off the screen, posts nothing and leaves no gateway but the spare', async () => {
    const broker = await startBrokerProcess()
    const watch = await openWatch(broker)
    const codex = await startCodex({ KOSMO_HOME: broker.home })
    const turn = codex.turn(post('Too late'))
    await watch.shows('> Too late')
    await until('there are its gateway and a spare', () => broker.gateways().length === 2)
    await codex.kill()
    await turn
    await watch.shows('is no longer open')
    expect(watch.screen()).not.toContain('Too late')
    await watch.press(' ', 'Nothing waits')
    await until('only the spare is left', () => broker.gateways().length === 1)
    expect(await codex.close()).toEqual([])
    expect(town.writes()).toEqual([])
    const rows = await auditRows(broker.home)
    expect(rows.filter(({ kind }) => kind === 'decision')).toMatchObject([
      { decision: 'cancelled', by: 'client' },
    ])
    expect(await verifyAudit(broker.home)).toMatchObject({ exitCode: 0 })
  })
})

describe('Codex’s own environment', () => {
  it('is enough to find the broker: the home directory and nothing else', async () => {
    const user = newHome()
    const variables = { HOME: user, KOSMO_HOME: '' }
    const broker = await startBrokerProcess({ home: join(user, '.kosmokrator-desktop'), variables })
    const watch = await openWatch(broker, variables)
    const elsewhere = {
      KOSMO_HOME: '/nowhere',
      XDG_RUNTIME_DIR: '/nowhere',
      DBUS_SESSION_BUS_ADDRESS: 'unix:',
    }
    const codex = await startCodex({}, { env: { HOME: user, ...elsewhere } })
    const turn = codex.turn(post('Found you'))
    await watch.shows('> Found you')
    const person = await broker.terminal()
    const [client] = await person.broker.clients({})
    const bridge = startedWith(client?.pid ?? 0)
    expect(bridge.args).toContain('mcp:serve')
    expect(bridge.variables).toContain(`HOME=${user}\0`)
    expect(bridge.variables).not.toMatch(/KOSMO_HOME|XDG_|DBUS/)
    await watch.press('a', 'Nothing waits')
    await turn
    expect(codex.elicitations).toEqual([])
    expect(town.posted()).toEqual(['Found you'])
  })
})
