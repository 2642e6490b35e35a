import type { Bench } from './bench.ts'
import { measureApprovals } from './parts/approvals.ts'
import { measureAudit } from './parts/audit.ts'
import { measureContext } from './parts/context.ts'
import { measureCrowd } from './parts/crowd.ts'
import { measureFirstCalls } from './parts/first-calls.ts'
import { measureLatency } from './parts/latency.ts'
import { measureMemory } from './parts/memory.ts'
import { measureStarts } from './parts/starts.ts'
import { measureThroughput } from './parts/throughput.ts'
import type { Section } from './section.ts'

export type Part = { name: string; doing: string; measure(bench: Bench): Promise<Section[]> }

/** Everything that can be measured, in the order of the report. */
export const PARTS: readonly Part[] = [
  { name: 'starts', doing: 'Cold starts', measure: measureStarts },
  { name: 'first', doing: 'First calls', measure: measureFirstCalls },
  { name: 'latency', doing: 'Calls', measure: measureLatency },
  { name: 'throughput', doing: 'Throughput', measure: measureThroughput },
  { name: 'memory', doing: 'Memory', measure: measureMemory },
  { name: 'crowd', doing: 'Many clients', measure: measureCrowd },
  { name: 'approvals', doing: 'Approvals', measure: measureApprovals },
  { name: 'audit', doing: 'Activity', measure: measureAudit },
  { name: 'context', doing: 'Tokens', measure: measureContext },
]
