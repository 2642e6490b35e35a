import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Bound, type Bounds, boundsOf, compareWithBounds } from './check.ts'
import { OURS } from './programs.ts'
import type { Runtime } from './runtimes.ts'
import { figuresOf, type Section } from './section.ts'

type BoundsFile = { machine: string; bounds: Bounds }

const path = fileURLToPath(new URL('bounds.json', import.meta.url))

/** What is worse than what was recorded, of the parts that were measured. */
export function worseThanRecorded(sections: readonly Section[], nodes: readonly Runtime[]): string[] {
  const { bounds } = readBounds()
  const isExpected = (id: string): boolean => isOf(sections, id) && hasItsNode(id, nodes)
  return compareWithBounds(bounds, boundsOf(figuresOf(sections), OURS), isExpected)
}

/** Records the ratios of these sections in place of those recorded before; the others stay. */
export function recordBounds(sections: readonly Section[], machine: string): void {
  const { bounds } = readBounds()
  const others = Object.entries(bounds).filter(([id]) => !isOf(sections, id))
  const all = { ...Object.fromEntries(others), ...boundsOf(figuresOf(sections), OURS) }
  const rounded = Object.entries(all).map(([id, bound]): [string, Bound] => [id, round(bound)])
  const file: BoundsFile = {
    machine,
    bounds: Object.fromEntries(rounded.sort(([a], [b]) => (a < b ? -1 : 1))),
  }
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`)
}

function readBounds(): BoundsFile {
  return JSON.parse(readFileSync(path, 'utf8')) as BoundsFile
}

function isOf(sections: readonly Section[], id: string): boolean {
  return sections.some(section => id.startsWith(`${section.id} | `))
}

/** A figure of a Node that is not there cannot be measured. */
function hasItsNode(id: string, nodes: readonly Runtime[]): boolean {
  const [node] = /\bNode \d+/.exec(id) ?? []
  return node === undefined || nodes.some(({ major }) => major === node)
}

function round({ bound, n, q1, median, q3 }: Bound): Bound {
  const [a = 0, b = 0, c = 0] = [q1, median, q3].map(value => Number(value.toFixed(4)))
  return { bound, n, q1: a, median: b, q3: c }
}
