import { type Cell, type Column, type Goal, isWithin, type Section } from './section.ts'
import type { Spread } from './stats.ts'
import { table } from './table.ts'

/** The tables as plain text. Verdicts are for the reader: a busy machine makes every time longer. */
export function report(sections: readonly Section[]): string {
  return sections.map(section => `${section.title}\n${text(section)}`).join('\n')
}

function text(section: Section): string {
  return section.rows.length === 0 ? '  not measured on this system\n' : table(cellsOf(section))
}

/** A section's head and rows as texts; a column with goals has its limits and verdicts beside it. */
export function cellsOf({ columns, rows }: Section): string[][] {
  const programs = new Set(rows.map(({ program }) => program).filter(Boolean))
  const hasGoal = columns.map((_, nth) => rows.some(({ cells }) => cells[nth]?.goal !== undefined))
  const head = columns.flatMap(({ head }, nth) => (hasGoal[nth] ? [head, 'goal', ''] : [head]))
  const named = programs.size > 1
  return [
    ['', ...(named ? [''] : []), ...head],
    ...rows.map(({ what, program, cells }) => [
      what,
      ...(named ? [program] : []),
      ...columns.flatMap((column, nth) => {
        const cell = cells[nth] ?? null
        const value = cell === null ? '' : spreadText(cell.value, column.digits)
        return hasGoal[nth] ? [value, ...verdictOf(cell, column)] : [value]
      }),
    ]),
  ]
}

function verdictOf(cell: Cell, { digits }: Column): [string, string] {
  if (cell?.goal === undefined) return ['', '']
  return [goalText(cell.goal, digits), isWithin(cell.value, cell.goal) ? 'within' : 'OVER']
}

function goalText(goal: Goal, digits: number): string {
  return 'most' in goal ? `≤ ${goal.most.toFixed(digits)}` : `≥ ${goal.least.toFixed(digits)}`
}

/** `1.04 [1.01 1.09]` */
function spreadText({ n, median, q1, q3 }: Spread, digits: number): string {
  if (Number.isNaN(median)) return '?'
  return n === 1
    ? median.toFixed(digits)
    : `${median.toFixed(digits)} [${q1.toFixed(digits)} ${q3.toFixed(digits)}]`
}
