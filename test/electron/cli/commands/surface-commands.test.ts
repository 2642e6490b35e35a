import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { approvalsCommand } from '../../../../electron/cli/commands/approvals.ts'
import { clientsCommand } from '../../../../electron/cli/commands/clients.ts'
import { grantsCommand } from '../../../../electron/cli/commands/grants.ts'
import { policyCommand } from '../../../../electron/cli/commands/policy.ts'
import { statusCommand } from '../../../../electron/cli/commands/status.ts'
import { EXIT, exitCodeLines } from '../../../../electron/cli/exit-codes.ts'
import type { Grant } from '../../../../shared/policy/grant.ts'
import type { ClientView } from '../../../../shared/protocol/surface-methods.ts'
import { makeApproval } from '../../../support/terminal/approvals.ts'
import { type CapturedIo, capturedIo } from '../../../support/terminal/captured-io.ts'
import { type FakeBroker, startFakeBroker } from '../../../support/terminal/fake-broker.ts'

const COMMANDS = {
  approvals: approvalsCommand,
  clients: clientsCommand,
  grants: grantsCommand,
  policy: policyCommand,
  status: statusCommand,
}

let broker: FakeBroker
let io: CapturedIo

beforeEach(async () => {
  broker = await startFakeBroker()
  io = capturedIo(broker.home)
  onTestFinished(() => broker.close())
})

function run(line: string): Promise<number> {
  const [name = '', ...args] = line.split(' ')
  return COMMANDS[name as keyof typeof COMMANDS](args, io)
}

const client: ClientView = {
  session: 's1',
  client: 'codex',
  version: '0.169.0',
  workspace: '/home/alice/project',
  account: 'default',
  pid: 900,
  parent: 899,
  connectedAt: 0,
  calls: 3,
  request: 'ask',
  override: null,
  effective: 'ask',
  pending: 1,
}

const grant: Grant = {
  id: 'g1',
  client: 'codex',
  workspace: '/home/alice/project',
  account: 'default',
  server: 'chat.example.org',
  channel: { kind: 'channel', id: 'c1', name: '~town\u202e-square' },
  createdAt: 0,
  uses: 2,
  span: 'always',
}

describe('usage', () => {
  it.each([
    'approvals wat',
    'approvals watch now',
    'approvals approve',
    'approvals approve a b',
    'approvals approve x --reason=y',
    'approvals --jsn',
    'status now',
    'status --yes',
    'clients all',
    'grants revoke',
    'grants revoke x --all',
    'grants revoke x y',
    'grants drop',
    'grants --all',
    'policy Allow',
    'policy allow deny',
    'policy --client=x',
    'policy --workspace=/x deny',
    'policy --clear',
    'policy deny --clear --client=x',
    'policy deny --client=',
  ])('%s is wrong and reaches nobody', async line => {
    expect(await run(line)).toBe(EXIT.usage)
    expect(io.complained()).toMatch(/^kosmo: .* See kosmo \w+ --help\.$/)
    expect(io.printed()).toBe('')
    expect(broker.calls).toEqual([])
  })

  it.each(['approvals approve x --json', 'approvals --json --json'])('%s is told so in JSON', async line => {
    expect(await run(line)).toBe(EXIT.usage)
    const message = expect.stringMatching(/--json .* See kosmo approvals --help\.$/)
    expect(JSON.parse(io.printed())).toEqual({ success: false, error: { code: 'usage', message } })
    expect(io.complained()).toBe('')
    expect(broker.calls).toEqual([])
  })

  it.each(Object.keys(COMMANDS))('%s --help has its exit codes', async name => {
    expect(await run(`${name} --help`)).toBe(EXIT.ok)
    expect(io.printed()).toContain('Exit codes:\n    0  done')
  })

  it('every exit code is another, and each is explained', () => {
    expect(new Set(Object.values(EXIT)).size).toBe(Object.keys(EXIT).length)
    expect(exitCodeLines()).toHaveLength(Object.keys(EXIT).length + 1)
  })
})

describe('without a broker', () => {
  beforeEach(() => broker.stop())

  it.each(['approvals', 'approvals watch', 'approvals approve x', 'status', 'clients'])(
    '%s ends with 3',
    async line => {
      expect(await run(line)).toBe(EXIT.noBroker)
      expect(io.complained()).toMatch(/no broker runs/)
    },
  )

  it.each(['approvals --json', 'status --json', 'clients --json'])('%s says so as JSON', async line => {
    expect(await run(line)).toBe(EXIT.noBroker)
    expect(JSON.parse(io.printed())).toMatchObject({ success: false, error: { code: 'noBroker' } })
  })

  it('policy deny is written to the disk, and shown from there', async () => {
    expect(await run('policy deny')).toBe(EXIT.ok)
    expect(JSON.parse(readFileSync(join(broker.home, 'settings.json'), 'utf8'))).toMatchObject({
      ceiling: 'deny',
    })
    expect(await run('policy --json')).toBe(EXIT.ok)
    expect(io.printed()).toContain('"broker": false')
    expect(io.complained()).toMatch(/no broker runs/)
  })

  it('policy deny for a client and its clearing need no broker, but the clearing needs a person', async () => {
    expect(await run('policy deny --client=codex --workspace=/x')).toBe(EXIT.ok)
    expect(await run('policy --clear --client=codex --workspace=/x')).toBe(EXIT.needsTerminal)
  })

  it('policy does not touch settings that cannot be read', async () => {
    const path = join(broker.home, 'settings.json')
    writeFileSync(path, '{', { mode: 0o600 })
    expect(await run('policy deny')).toBe(EXIT.failure)
    expect(readFileSync(path, 'utf8')).toBe('{')
  })

  it('grants are listed and revoked on disk', async () => {
    const path = join(broker.home, 'grants.json')
    writeFileSync(path, JSON.stringify({ version: 1, grants: [grant] }), { mode: 0o600 })
    expect(await run('grants')).toBe(EXIT.ok)
    expect(io.printed()).toContain('~town-square')
    expect(await run('grants revoke nope')).toBe(EXIT.notPending)
    expect(await run('grants revoke g1')).toBe(EXIT.ok)
    expect(JSON.parse(readFileSync(path, 'utf8')).grants).toEqual([])
  })

  it('nothing is made by looking', async () => {
    await run('policy')
    await run('grants')
    expect(existsSync(join(broker.home, 'settings.json'))).toBe(false)
    expect(existsSync(join(broker.home, 'grants.json'))).toBe(false)
  })
})

describe('approvals', () => {
  it('prints each whole, and reports nothing as shown from a pipe', async () => {
    broker.setApprovals([makeApproval({}, { text: 'one\n\x1b[2Jtwo\u202e' })])
    expect(await run('approvals')).toBe(EXIT.ok)
    expect(io.printed()).toContain('> one\n> ‹U+001B›[2Jtwo‹U+202E›\nEnd of the text.')
    expect(io.printed()).toContain('Request ap1, time left 1:40')
    expect(broker.calls).toEqual(['listApprovals {}', 'listApprovals {"after":"ap1"}'])
    expect(broker.hellos.every(({ interactive }) => !interactive)).toBe(true)
  })

  it('on a terminal they are reported as shown', async () => {
    broker.setApprovals([makeApproval({ id: 'one' }), makeApproval({ id: 'two' })])
    io = capturedIo(broker.home, { interactive: true })
    expect(await run('approvals')).toBe(EXIT.ok)
    expect(broker.calls).toEqual([
      'listApprovals {}',
      'listApprovals {"after":"two"}',
      'reportShown {"ids":["one","two"]}',
    ])
    expect(broker.hellos.at(-1)).toMatchObject({ as: 'terminal', interactive: true })
  })

  it('--json is the whole request in plain ASCII, and reports nothing', async () => {
    const approval = makeApproval({}, { text: 'a\u009b31m\u202e漢' })
    broker.setApprovals([approval])
    io = capturedIo(broker.home, { interactive: true })
    expect(await run('approvals --json')).toBe(EXIT.ok)
    expect(io.printed()).toMatch(/^[\x20-\x7e\n]*$/)
    expect(JSON.parse(io.printed())).toEqual({ success: true, approvals: [approval] })
    expect(broker.calls.filter(call => !call.startsWith('listApprovals'))).toEqual([])
  })

  it.each(['approvals approve ap1', 'approvals deny ap1 --reason=no', 'approvals watch'])(
    '%s from a pipe decides nothing',
    async line => {
      broker.setApprovals([makeApproval()])
      expect(await run(line)).toBe(EXIT.needsTerminal)
      expect(io.complained()).toMatch(/stdin is not a terminal/)
      expect(broker.calls).toEqual([])
    },
  )

  it('the id of nothing that waits ends with 5', async () => {
    io = capturedIo(broker.home, { interactive: true })
    expect(await run('approvals approve nope')).toBe(EXIT.notPending)
  })

  it('the person is judged against the clients that the broker knows', async () => {
    broker.handlers.clients = () => [client]
    const asked: (readonly number[])[] = []
    io.person = async pids => {
      asked.push(pids)
      return { interactive: false, why: 'no.' }
    }
    await run('approvals watch')
    expect(asked).toEqual([[900, 899]])
  })
})

describe('status and clients', () => {
  it('status warns where nobody can be asked', async () => {
    expect(await run('status')).toBe(EXIT.ok)
    expect(io.printed()).toMatch(/Broker {4}1\.2\.3, process 4242/)
    expect(io.printed()).toMatch(/nobody can be asked/)
  })

  it('status --json is what the broker said', async () => {
    await run('status --json')
    expect(JSON.parse(io.printed())).toMatchObject({ success: true, pid: 4242, ceiling: 'ask' })
  })

  it('clients are lined up and cleaned', async () => {
    broker.handlers.clients = () => [client, { ...client, client: 'ev\x1b[2Jil\nname', effective: 'deny' }]
    expect(await run('clients')).toBe(EXIT.ok)
    const lines = io.printed().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toMatch(/^ev\[2Jil name 0\.169\.0 {2}deny/)
  })
})
