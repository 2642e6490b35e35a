import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { EXIT } from '../../../../electron/cli/exit-codes.ts'
import { makeApproval } from '../../../support/terminal/approvals.ts'
import { type FakeBroker, startFakeBroker } from '../../../support/terminal/fake-broker.ts'
import { buildEntry, openTerminal, type Terminal } from '../../../support/terminal/pty.ts'

const folder = mkdtempSync(join(tmpdir(), 'kosmo-entry-'))
let entry: string
let broker: FakeBroker

describe.runIf(process.platform !== 'win32')('in a real terminal', () => {
  beforeAll(async () => {
    entry = await buildEntry(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(async () => {
    broker = await startFakeBroker()
    onTestFinished(() => broker.close())
  })

  function open(args: string[], env: Record<string, string> = {}, size?: [number, number]): Terminal {
    const terminal = openTerminal(entry, args, { KOSMO_HOME: broker.home, ...env }, size)
    onTestFinished(() => terminal.close())
    return terminal
  }

  const called = (call: string | RegExp) =>
    vi.waitFor(() => expect(broker.calls).toContainEqual(expect.stringMatching(call)), { timeout: 40_000 })
  const answers = () => broker.calls.filter(call => call.startsWith('answer '))
  const one = makeApproval({ id: 'one', askedAt: 1, expiresAt: 900_000 })
  const two = makeApproval({ id: 'two', askedAt: 2, expiresAt: 900_000 }, { text: 'The second one' })

  it('watch shows a request, reports it, waits before it takes keys, approves and gives the terminal back', async () => {
    broker.handlers.answer = ({ id }) => {
      broker.setApprovals([two].filter(each => each.id !== id))
      return { kind: 'done' }
    }
    const terminal = open(['approvals', 'watch'])
    await terminal.shows('Nothing waits')
    await called('watchApprovals {}')
    expect(broker.calls).toHaveLength(1)
    broker.setApprovals([one, two])
    await terminal.shows('> Hello there')
    await called(/^reportShown \{"ids":\["one"\]\}$/)
    expect(terminal.seen()).toContain('\x07\x1b]0;KosmoKrator: 2 waiting\x07')
    await terminal.type('a')
    terminal.wait(349)
    await terminal.type('a')
    expect(answers()).toEqual([])
    terminal.wait(350)
    await terminal.type('a')
    await called(/^answer \{"id":"one","answer":\{"kind":"approve","span":"once","reach":"channel"\}\}$/)
    await terminal.shows('> The second one')
    await called(/^reportShown \{"ids":\["two"\]\}$/)
    await terminal.type('a')
    expect(answers()).toHaveLength(1)
    terminal.wait(1_000)
    await terminal.type('q')
    expect(await terminal.ended).toBe(EXIT.ok)
    expect(terminal.seen().endsWith('\x1b[?7h\x1b[?25h\x1b[?1049l')).toBe(true)
  })

  it('a long text is paged, a resize draws anew, and only then it can be approved', async () => {
    const text = Array.from({ length: 60 }, (_, at) => `line number ${at}`).join('\n')
    broker.setApprovals([makeApproval({ expiresAt: 900_000 }, { text })])
    const terminal = open(['approvals', 'watch'], {}, [80, 24])
    await terminal.shows('rows more below')
    await called(/^reportShown/)
    terminal.wait(1_000)
    await terminal.type('a')
    await terminal.shows('Read it to the end first')
    terminal.clear()
    terminal.resize(90, 50)
    await terminal.shows('line number 30')
    terminal.wait(1_000)
    await terminal.type(' ')
    await terminal.shows('line number 59')
    await terminal.shows('a approve')
    await terminal.type('a')
    await called(/^answer .*"approve"/)
  })

  it('what is answered elsewhere is said, and the key that was meant for it is lost', async () => {
    broker.setApprovals([one, two])
    const terminal = open(['approvals', 'watch'])
    await called(/^reportShown/)
    terminal.wait(1_000)
    broker.setApprovals([two])
    await terminal.shows('Request one is no longer open')
    await terminal.type('a')
    terminal.wait(1_000)
    await terminal.type('a')
    await terminal.shows('> The second one')
    await terminal.type('a')
    expect(answers()).toEqual([])
  })

  it('a broker that goes and comes back is said and found again', async () => {
    broker.setApprovals([one])
    const terminal = open(['approvals', 'watch'])
    await called(/^reportShown/)
    await broker.stop()
    await terminal.shows('The broker is gone')
    await terminal.shows('no broker: connecting again by itself')
    terminal.clear()
    await broker.start()
    terminal.wait(1_000)
    await terminal.shows('1 waits')
    await terminal.type('z')
    await terminal.shows('> Hello there')
  })

  it('the editor changes the text, and the change is shown before it is sent', async () => {
    broker.setApprovals([one])
    const terminal = open(['approvals', 'watch'], { EDITOR: "sed -i 's/there/you/'" })
    await called(/^reportShown/)
    terminal.wait(1_000)
    await terminal.type('e')
    await terminal.shows('\\+ Hello you')
    await terminal.type('a')
    expect(answers()).toEqual([])
    terminal.wait(1_000)
    await terminal.type('a')
    await called(/^answer .*"text":"Hello you"/)
  })

  it.each([
    ['Ctrl-C', (terminal: Terminal) => terminal.send('\x03'), EXIT.interrupted],
    ['SIGTERM', (terminal: Terminal) => terminal.signal(15), EXIT.terminated],
  ])('%s restores the terminal', async (_, end, code) => {
    const terminal = open(['approvals', 'watch'])
    await terminal.shows('Nothing waits')
    end(terminal)
    expect(await terminal.ended).toBe(code)
    expect(terminal.seen().endsWith('\x1b[?1049l')).toBe(true)
  })

  it.each([
    ['dumb', { TERM: 'dumb' }, false],
    ['without colour', { NO_COLOR: '1' }, true],
  ] as const)('a terminal that is %s gets no colours', async (_, env, rings) => {
    broker.setApprovals([one])
    const terminal = open(['approvals', 'watch'], env)
    await terminal.shows('> Hello there')
    for (const colour of ['\x1b[0m', '\x1b[7m']) expect(terminal.seen()).not.toContain(colour)
    expect(terminal.seen().includes('\x07')).toBe(rings)
  })

  it('approve takes the code that is shown, and nothing that was typed before it', async () => {
    broker.setApprovals([one])
    const terminal = open(['approvals', 'approve', 'one'])
    await terminal.shows('To approve it once, type aaaa: ')
    expect(terminal.seen()).toContain('> Hello there')
    await terminal.type('aaaa\r')
    expect(answers()).toEqual([])
    expect(await terminal.sendUntilEnd('aaaa\r')).toBe(EXIT.ok)
    expect(answers()).toHaveLength(1)
    expect(terminal.seen()).toContain('Approved once.')
  })

  it.each(['y\r', '\r', 'aaab\r', '\x1b'])('approve leaves it at %j', async keys => {
    broker.setApprovals([one])
    const terminal = open(['approvals', 'approve', 'one'])
    await terminal.shows('type aaaa')
    expect(await terminal.sendUntilEnd(keys)).toBe(EXIT.notConfirmed)
    expect(answers()).toEqual([])
  })

  it('deny takes a return, and brings the reason', async () => {
    broker.setApprovals([one])
    const terminal = open(['approvals', 'deny', 'one', '--reason=not today'])
    await terminal.shows('Deny it\\?')
    expect(await terminal.sendUntilEnd('\r')).toBe(EXIT.ok)
    expect(answers()).toEqual(['answer {"id":"one","answer":{"kind":"deny","reason":"not today"}}'])
  })

  it.each([
    ['y\r', EXIT.ok, 1],
    ['\r', EXIT.notConfirmed, 0],
    ['n\r', EXIT.notConfirmed, 0],
  ])('policy allow asks what it means, and %j ends with %i', async (keys, code, set) => {
    const terminal = open(['policy', 'allow'])
    await terminal.shows('WITHOUT ASKING YOU')
    await terminal.shows('Set it\\? \\[y/N\\]')
    expect(await terminal.sendUntilEnd(keys)).toBe(code)
    expect(broker.calls.filter(call => call.startsWith('setCeiling'))).toHaveLength(set)
  })
})
