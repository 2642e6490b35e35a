import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { batchRecords } from '../../../electron/gateway/record-batch.ts'
import { type BrokerMethods, MOST_RECORDS } from '../../../shared/protocol/gateway-methods.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const call = (ms: number) => ({ integration: 'mattermost', function: 'f', outcome: 'ok', ms, characters: 1 })

/** A broker that writes down what it is asked; of a call recorded, how long it took. */
function setUp(record: () => null | Promise<null> = () => null) {
  const heard: unknown[] = []
  const broker = {
    record({ calls }) {
      heard.push(calls.map(({ ms }) => ms))
      return record()
    },
    mayWrite({ function: name }) {
      heard.push(name)
      return null
    },
  } as Partial<BrokerMethods> as BrokerMethods
  const { methods, flush } = batchRecords(broker)
  return { heard, methods, flush, end: (ms: number) => methods.record({ calls: [call(ms)] }) }
}

it('tells of calls together, in their order and soon', () => {
  const { heard, end } = setUp()
  end(1)
  end(2)
  expect(heard).toEqual([])
  vi.advanceTimersByTime(25)
  expect(heard).toEqual([[1, 2]])
  end(3)
  vi.advanceTimersByTime(25)
  expect(heard).toEqual([[1, 2], [3]])
})

it('tells of them before the broker is asked for anything else', () => {
  const { heard, methods, end } = setUp()
  end(1)
  expect(methods.mayWrite({ integration: 'mattermost', function: 'create_post' })).toBeNull()
  expect(heard).toEqual([[1], 'create_post'])
  vi.advanceTimersByTime(100)
  expect(heard).toHaveLength(2)
})

it('tells no more at once than the broker takes', () => {
  const { heard, end } = setUp()
  for (let ms = 0; ms < MOST_RECORDS + 1; ms++) end(ms)
  expect(heard).toHaveLength(1)
  vi.advanceTimersByTime(25)
  expect(heard[1]).toEqual([MOST_RECORDS])
})

it('at the end tells what is left, once the broker has it; one that is gone is not waited for', async () => {
  const kept = setUp()
  kept.end(1)
  await kept.flush()
  await kept.flush()
  expect(kept.heard).toEqual([[1]])
  const gone = setUp(() => Promise.reject(new Error('gone')))
  gone.end(1)
  await expect(gone.flush()).resolves.toBeUndefined()
})
