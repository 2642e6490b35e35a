import type { Plan } from '../../../shared/clients/plan.ts'
import { visibleText } from '../../../shared/text/visible.ts'
import { type Row, row } from '../terminal/rows.ts'

/** A plan as rows: which file, and exactly the lines that go and come. What is around them is not shown. */
export function planRows({ path, before, after, lines }: Plan): Row[] {
  const what =
    before === undefined ? ' (new)' : after === undefined ? ' (is removed: it was made for this)' : ''
  return [
    row(`${visibleText(path)}${what}`, 'strong'),
    ...lines.map(({ sign, text }) =>
      row(`${sign} ${visibleText(text)}`.trimEnd(), sign === '-' ? 'warn' : 'plain'),
    ),
  ]
}
