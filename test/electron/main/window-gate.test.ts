import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerWindowCall, type GateOptions } from '../../../electron/main/window-gate.ts'
import type { WindowKind } from '../../../shared/desktop/window-calls.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { APPROVAL_CALLS, SETTINGS_CALLS } from '../../../shared/protocol/window-bridge.ts'
import { SurfaceWorld } from '../../support/tools/surface-world.ts'

let world: SurfaceWorld
let reported: string[]
let options: GateOptions
beforeEach(() => {
  world = new SurfaceWorld()
  reported = []
  options = {
    answersOf: kind => ({ broker: world.surface(kind), desktop: { copyText: () => null } as never }),
    report: line => reported.push(line),
  }
})
afterEach(() => world.close())

const call = (name: unknown, params: unknown = {}, kind: WindowKind = 'settings-window') =>
  answerWindowCall(options, kind, name, params)

it('a call of the list is answered with its value, parsed on both ways', async () => {
  expect(await call('policy')).toEqual({
    kind: 'value',
    value: { ceiling: 'ask', overrides: [], heldBack: [] },
  })
  expect(await call('copyText', { text: 'x' })).toEqual({ kind: 'value', value: null })
})

it('the settings window cannot decide, whatever it calls itself', async () => {
  const session = world.open()
  world.ask(session)
  const { id } = world.only
  for (const [name, params] of [
    ['answer', { id, answer: { kind: 'approve', span: 'once', reach: 'channel' } }],
    ['reportShown', { ids: [id] }],
    ['extend', { id }],
  ] as const) {
    expect(await call(name, params), name).toMatchObject({ kind: 'failed', code: 'forbidden' })
    expect(await call(name, params, 'approval-window'), name).toMatchObject({ kind: 'value' })
    if (name === 'answer') world.ask(session, { text: 'again' })
  }
})

const cyclic: Record<string, unknown> = {}
cyclic.self = cyclic

it.each<[string, unknown]>([
  ['null', null],
  ['a list', []],
  ['a text', 'deny'],
  ['a word that is no policy', { policy: 'all' }],
  ['more than it takes', { policy: 'deny', also: 1 }],
  ['a prototype', JSON.parse('{"__proto__":{"policy":"deny"}}')],
  ['what is no JSON', { policy: 1n }],
  ['a circle', cyclic],
  ['a map', new Map([['policy', 'deny']])],
  ['two megabytes', { policy: 'x'.repeat(2 * 1024 * 1024) }],
])('%s is refused before anything is done', async (_, params) => {
  expect(await call('setCeiling', params)).toMatchObject({ kind: 'failed', code: 'invalid_input' })
  expect(await call('policy')).toMatchObject({ value: { ceiling: 'ask' } })
  expect(reported).toEqual([])
})

it('no call takes what it does not know, or more than a megabyte', async () => {
  for (const [kind, names] of [
    ['settings-window', SETTINGS_CALLS],
    ['approval-window', APPROVAL_CALLS],
  ] as const) {
    for (const name of names) {
      for (const params of [null, 7, 'x', [], { no: 'such key' }, { policy: 'x'.repeat(2 * 1024 * 1024) }]) {
        const reply = await call(name, params, kind)
        expect(reply, name).toMatchObject({ kind: 'failed', code: 'invalid_input' })
      }
    }
  }
})

it('more than a megabyte is refused where every part of it would be taken', async () => {
  const values = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`k${index}`, 'x'.repeat(8_000)]),
  )
  expect(await call('checkAccount', { integration: 'mattermost', account: 'default', values })).toEqual({
    kind: 'failed',
    code: 'invalid_input',
    message: 'This is more than a window may say at once.',
  })
})

it('what fails is told in its own sentence, and a fault of ours in ours, without a word of the error', async () => {
  options.answersOf = () => ({
    broker: {
      ...world.surface(),
      policy: () => {
        throw new Error('token s3cr3t at /home/alice')
      },
      grants: () => Promise.reject(new KosmoError('unavailable', 'Come back later.')),
      clients: () => [{ not: 'a client' }] as never,
    },
    desktop: {} as never,
  })
  expect(await call('grants')).toEqual({ kind: 'failed', code: 'unavailable', message: 'Come back later.' })
  for (const name of ['policy', 'clients']) {
    const reply = await call(name)
    expect(reply).toMatchObject({ kind: 'failed', code: 'internal' })
    expect(JSON.stringify(reply)).not.toMatch(/s3cr3t|alice|Error|zod/i)
  }
  expect(reported).toEqual([
    'internal fault in policy: Error',
    expect.stringMatching(/^internal fault in clients: \w+$/),
  ])
})
