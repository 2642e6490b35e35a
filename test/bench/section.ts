import type { Spread } from './stats.ts'

/** A table of the report: what was measured beside what, in one run. */
export type Section = {
  id: string
  title: string
  /** What a row is and how it was measured, in a sentence or two for whoever reads the table. */
  about: string
  columns: readonly Column[]
  rows: readonly Row[]
}

/**
 * `bound`: a ratio that means the same on another machine, kept from becoming more (`most`) or less (`least`) than
 * what is recorded.
 */
export type Column = { head: string; digits: number; bound?: 'most' | 'least' }

/** `program`: whose figures these are; with `--against` two programs have a row each. */
export type Row = { what: string; program: string; cells: readonly Cell[] }

/** Null where there is nothing to tell. */
export type Cell = { value: Spread; goal?: Goal } | null

export type Goal = { most: number } | { least: number }

/** The figures of one row and column, for those who compare runs. */
export type Figure = { id: string; program: string; value: Spread; bound?: 'most' | 'least' }

/** Whether the median is within the goal. */
export function isWithin({ median }: Spread, goal: Goal): boolean {
  return 'most' in goal ? median <= goal.most : median >= goal.least
}

/** Every figure of a run, each with a name that is the same in every run. */
export function figuresOf(sections: readonly Section[]): Figure[] {
  return sections.flatMap(({ id, columns, rows }) =>
    rows.flatMap(({ what, program, cells }) =>
      cells.flatMap((cell, nth) => {
        const column = columns[nth]
        if (cell === null || column === undefined) return []
        const { head, bound } = column
        return [{ id: `${id} | ${what} | ${head}`, program, value: cell.value, ...(bound && { bound }) }]
      }),
    ),
  )
}
