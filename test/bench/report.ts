import type { CallRow, ThroughputRow } from './calls.ts'
import type { MemoryRow } from './memory.ts'
import type { RelayFigures } from './relay.ts'
import type { Size } from './sizes.ts'
import type { FirstCallRow, StartRow } from './starts.ts'
import type { Spread } from './stats.ts'
import { table } from './table.ts'

export type Figures = {
  starts: StartRow[]
  firstCalls: FirstCallRow[]
  calls: CallRow[]
  throughput: ThroughputRow[]
  sizes: Size[]
  memory: MemoryRow[]
  relay: RelayFigures
}

const MAX_START_RATIO = 1.3
const MAX_FIRST_CALL_MS = 10
const MAX_EXIT_MS = 50

/** The figures as plain text. Verdicts are for the reader: a busy machine makes every time longer. */
export function report(figures: Figures): string {
  return [
    section('Cold start: spawn to the answer to tools/list (floor = a server that does nothing)', [
      ['', 'floor ms', 'kosmo ms', 'ratio', 'limit', ''],
      ...figures.starts.map(({ runtime, floor, kosmo, ratio }) => [
        `${runtime} (${ratio.n} pairs)`,
        ms(floor),
        ms(kosmo),
        withQuartiles(ratio, 2),
        MAX_START_RATIO.toFixed(2),
        verdict(ratio.median, MAX_START_RATIO),
      ]),
    ]),
    section('First call of a process, ms', [
      ['', '300 ms after tools/list', 'limit', '', 'right after it'],
      ...figures.firstCalls.map(({ runtime, tool, later, atOnce }) => [
        ...limited(`${runtime}, ${tool} (${later.n})`, later, MAX_FIRST_CALL_MS),
        ms(atOnce),
      ]),
    ]),
    section('Exit after the end of input, ms', [
      ['', 'measured', 'limit', ''],
      ...figures.firstCalls.map(({ runtime, tool, exit }) =>
        limited(`${runtime}, after ${tool}`, exit, MAX_EXIT_MS),
      ),
      ...figures.starts.map(({ runtime, exitAtOnce }) =>
        limited(`${runtime}, right after tools/list`, exitAtOnce, MAX_EXIT_MS),
      ),
    ]),
    section('Time of a call over one bare request of node:http, ms', [
      ['', 'requests', 'bare p50', 'p99', 'kosmo p50', 'p99', 'added p50', 'p99'],
      ...figures.calls.map(({ tool, n, requests, bare, kosmo, addedP50, addedP99 }) => [
        `${tool} (${n})`,
        String(requests),
        ...[bare.p50, bare.p99, kosmo.p50, kosmo.p99, addedP50, addedP99].map(value => value.toFixed(2)),
      ]),
    ]),
    section('Throughput of get_post, per second', [
      ['in flight', 'bare', 'kosmo', 'ratio'],
      ...figures.throughput.map(({ inFlight, bare, kosmo, ratio }) => [
        String(inFlight),
        bare.toFixed(0),
        kosmo.toFixed(0),
        ratio.toFixed(2),
      ]),
    ]),
    section('Bytes in the context of a model', [
      ['', 'bytes', 'limit', ''],
      ...figures.sizes.map(({ what, bytes, limit }) => [
        what,
        String(bytes),
        String(limit),
        verdict(bytes, limit),
      ]),
    ]),
    section('Private memory of the process, MB', [
      ['', 'after tools/list', 'after 1000 calls'],
      ...figures.memory.map(({ program, afterToolsList, afterCalls }) => [
        program,
        afterToolsList.toFixed(1),
        afterCalls.toFixed(1),
      ]),
    ]),
    ...relayed(figures.relay),
  ].join('\n')
}

function relayed({ starts, firstCall, call, memory, crowd }: RelayFigures): string[] {
  const megabytes = (value: number | undefined) => (value === undefined ? 'not measured' : value.toFixed(1))
  return [
    section('Through a running broker: spawn to the answer to tools/list', [
      ['', 'floor ms', 'kosmo ms', 'ratio', 'limit', ''],
      ...starts.map(({ runtime, floor, relayed, ratio }) => [
        `${runtime} (${ratio.n} pairs)`,
        ms(floor),
        ms(relayed),
        withQuartiles(ratio, 2),
        MAX_START_RATIO.toFixed(2),
        verdict(ratio.median, MAX_START_RATIO),
      ]),
    ]),
    section('Through a running broker: calls of get_post, ms', [
      ['', 'measured', 'limit', ''],
      limited('first call, 300 ms after tools/list', firstCall, MAX_FIRST_CALL_MS),
      ['alone', withQuartiles(call.solo, 2), '', ''],
      ['through the broker', withQuartiles(call.relayed, 2), '', ''],
      ['the relay adds', (call.relayed.median - call.solo.median).toFixed(2), '', ''],
    ]),
    section('Through a running broker: private memory, MB', [
      ['', 'MB'],
      ['bridge, after tools/list', megabytes(memory?.bridge)],
      ['gateway, after tools/list', megabytes(memory?.gateway)],
      ['gateway, after 1000 calls', megabytes(memory?.gatewayAfterCalls)],
      ['broker', megabytes(memory?.broker)],
    ]),
    section(`Through a running broker: ${crowd.clients} clients at once`, [
      ['', ''],
      ['all have listed their tools after, ms', crowd.listedMs.toFixed(0)],
      ['all have a first answer after, ms', crowd.answeredMs.toFixed(0)],
      ['private MB per client (bridge, gateway)', megabytes(crowd.privateMegabytes)],
    ]),
  ]
}

function section(title: string, rows: string[][]): string {
  return `${title}\n${rows.length < 2 ? '  not measured on this system\n' : table(rows)}`
}

function limited(what: string, measured: Spread, limit: number): string[] {
  return [what, ms(measured), String(limit), verdict(measured.median, limit)]
}

function verdict(value: number, limit: number): string {
  return value <= limit ? 'within' : 'OVER'
}

function ms(value: Spread): string {
  return withQuartiles(value, 1)
}

/** `1.04 [1.01 1.09]` */
function withQuartiles({ median, q1, q3 }: Spread, digits: number): string {
  return `${median.toFixed(digits)} [${q1.toFixed(digits)} ${q3.toFixed(digits)}]`
}
