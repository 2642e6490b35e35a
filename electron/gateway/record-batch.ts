import {
  type BrokerMethods,
  brokerMethods,
  type EndedCall,
  MOST_RECORDS,
} from '../../shared/protocol/gateway-methods.ts'

/** An answer goes first: to write down that it was given takes as long as a part of the call. */
const SOON_MS = 25

/** The methods of a broker that is told of ended calls several at a time. */
export type BatchingBroker = {
  methods: BrokerMethods
  /** Tells what has not been told, as before the process ends; settles once the broker has it, and never fails. */
  flush(): Promise<void>
}

/** Collects what is recorded for 25 ms; whatever else the broker is asked, it knows of all calls before. */
export function batchRecords(broker: BrokerMethods): BatchingBroker {
  let waiting: EndedCall[] = []
  let timer: NodeJS.Timeout | undefined

  async function flush(): Promise<void> {
    if (waiting.length === 0) return
    clearTimeout(timer)
    timer = undefined
    const calls = waiting
    waiting = []
    try {
      await broker.record({ calls })
    } catch {
      // The broker is gone, and with it the log that it keeps.
    }
  }

  const afterRecords = (name: keyof BrokerMethods) => (params: unknown) => {
    void flush()
    return broker[name](params as never)
  }
  const methods = Object.fromEntries(
    Object.keys(brokerMethods).map(name => [name, afterRecords(name as keyof BrokerMethods)]),
  ) as BrokerMethods
  return {
    methods: {
      ...methods,
      record({ calls }) {
        waiting.push(...calls)
        if (waiting.length >= MOST_RECORDS) void flush()
        else timer ??= setTimeout(flush, SOON_MS)
        return null
      },
    },
    flush,
  }
}
