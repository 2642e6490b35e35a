import type { Bench } from './bench.ts'
import { type BrokerProcess, startBrokerProcess } from './broker-process.ts'
import { findPrograms, type Program } from './programs.ts'
import { runtimes } from './runtimes.ts'
import { startServerProcess } from './server-process.ts'

const QUICK_PART = 0.25
const QUICK_LEAST = 3

/** Opens what the parts stand on, gives it away and closes it, whatever becomes of it. */
export async function withBench<T>(
  { against, quick }: { against: string | undefined; quick: boolean },
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const programs = findPrograms(against)
  const server = await startServerProcess()
  const brokers = new Map<Program, Promise<BrokerProcess>>()
  try {
    return await work({
      server,
      programs,
      nodes: runtimes(),
      brokerOf(program) {
        const broker = brokers.get(program) ?? startBrokerProcess(program, 'allow')
        brokers.set(program, broker)
        return broker
      },
      rounds: full => (quick ? Math.max(QUICK_LEAST, Math.round(full * QUICK_PART)) : full),
    })
  } finally {
    for (const broker of brokers.values()) await (await broker).close()
    server.close()
  }
}
