import { expect, test } from 'vitest'
import { allApprovals } from '../../../electron/cli/terminal/all-approvals.ts'
import type { QueueWindow } from '../../../shared/approvals/queue-window.ts'
import { MAX_FRAME_BYTES } from '../../../shared/protocol/version.ts'
import { startBrokerProcess, startClient } from '../../support/broker/broker-process.ts'
import { until } from '../../support/broker/until.ts'
import { openTown } from '../../support/mcp/town.ts'

/** As many as one client may have waiting, each as long as the server takes it. */
const POSTS = 50
const TEXT = '漢'.repeat(16_000)

const PATIENCE_MS = 60_000

test('a terminal keeps its place and gets to every post, however long those are that wait', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  let now: QueueWindow = { approvals: [], more: 0 }
  let told = 0
  const busy = Promise.withResolvers<void>()
  const terminal = await broker.terminal({
    events: {
      async approvalsChanged(waiting) {
        told++
        now = waiting
        await busy.promise
        return null
      },
    },
  })
  let isLost = false
  void terminal.closed.then(() => {
    isLost = true
  })
  const { broker: remote } = terminal
  await remote.watchApprovals({})
  const client = await startClient(broker, town.account, { write: 'ask' })
  const texts = Array.from({ length: POSTS }, (_, nth) => `${nth} ${TEXT}`)
  expect(Buffer.byteLength(texts.join(''))).toBeGreaterThan(2 * MAX_FRAME_BYTES)
  for (const message of texts) client.sendCall('create_post', { channel_id: '~town-square', message })
  const pending = async () => (await remote.status({})).pending
  await until('all wait', async () => isLost || (await pending()) === POSTS, PATIENCE_MS)
  // A terminal that has not dealt with what it was told is told nothing more meanwhile: nothing heaps up before it.
  expect(told).toBe(1)
  busy.resolve()
  await until('all are known of', () => isLost || now.approvals.length + now.more === POSTS, PATIENCE_MS)
  expect(isLost).toBe(false)
  expect(now.more).toBeGreaterThan(0)

  const all = await allApprovals(remote)
  expect(all.map(({ subject }) => subject.text).toSorted()).toEqual(texts.toSorted())
  const last = all.at(-1)
  expect(now.approvals.map(({ id }) => id)).not.toContain(last?.id)
  expect(await remote.listApprovals({ id: last?.id })).toEqual([last])
  const session = all[0]?.asker.session ?? ''
  expect((await remote.listApprovals({ session })).length).toBeGreaterThan(0)
  expect(await remote.listApprovals({ session: 'another' })).toEqual([])

  // Answered as a person does it: what is shown, and then what comes up.
  const read: string[] = []
  for (let answered = 0; answered < POSTS; answered++) {
    const approval = await until(
      'one is shown',
      () => now.approvals.find(({ id }) => !read.includes(id)),
      PATIENCE_MS,
    )
    expect(texts).toContain(approval.subject.text)
    read.push(approval.id)
    expect(await remote.answer({ id: approval.id, answer: { kind: 'deny' } })).toEqual({ kind: 'done' })
  }
  await until('nothing waits', () => now.approvals.length + now.more === 0)
  expect(isLost).toBe(false)
  expect(town.posted()).toEqual([])
  await client.finish()
}, 120_000)
