import { cpus, release, type } from 'node:os'
import type { BrokerProcess } from './broker-process.ts'
import type { Program } from './programs.ts'
import type { Runtime } from './runtimes.ts'
import type { BenchServer } from './server-process.ts'

/** What every part of the bench stands on. */
export type Bench = {
  server: BenchServer
  programs: readonly Program[]
  /** The first one runs the bench, the brokers and their gateways. */
  nodes: readonly Runtime[]
  /** A broker for each program, started when it is asked for first. */
  brokerOf(program: Program): Promise<BrokerProcess>
  /** How many rounds to make of what would be so many: fewer in a quick run. */
  rounds(full: number): number
}

/** The machine in a line: figures of another one mean something else. */
export function machine(nodes: readonly Runtime[]): string {
  const [first] = cpus()
  const model = first?.model.trim() || process.arch
  const version = release().split('.').slice(0, 2).join('.')
  return `${model}, ${cpus().length} cores, ${type()} ${version}, ${nodes.map(({ name }) => name).join(' and ')}`
}
