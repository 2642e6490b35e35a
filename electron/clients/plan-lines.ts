import { structuredPatch } from 'diff'
import type { PlanLine } from '../../shared/clients/plan.ts'

/** The lines of which one text has more or fewer than another, and none around them: these may hold secrets. */
export function planLines(before: string, after: string): PlanLine[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 0 })
  return hunks.flatMap(hunk => {
    let [old, next] = [hunk.oldStart, hunk.newStart]
    return hunk.lines.flatMap((line): PlanLine[] => {
      const text = line.slice(1).replace(/\r$/, '')
      if (line.startsWith('-')) return [{ sign: '-', number: old++, text }]
      if (line.startsWith('+')) return [{ sign: '+', number: next++, text }]
      return []
    })
  })
}
