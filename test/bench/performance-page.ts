import { cellsOf } from './report.ts'
import type { Section } from './section.ts'

const BEGIN = '<!-- Measured: from here on written by npm run bench -- --write -->'
const END = '<!-- End of what is measured -->'

/** The page with these tables in place of those that stood there; everything around them stays as a person wrote it. */
export function withTables(page: string, sections: readonly Section[], machine: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin === -1 || end < begin) throw new Error(`the page needs "${BEGIN}" and after it "${END}"`)
  const measured = [
    `On ${machine}. Each table is of one run, in which everything in it was measured in turns; medians, with quartiles in brackets.`,
    ...sections.flatMap(section => [`### ${section.title}`, section.about, markdownTable(section)]),
  ]
  return `${page.slice(0, begin)}${BEGIN}\n\n${measured.join('\n\n')}\n\n${page.slice(end)}`
}

function markdownTable(section: Section): string {
  const [head = [], ...rows] = cellsOf(section)
  if (rows.length === 0) return 'Not measured on that system.'
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map((_, nth) => (nth === 0 ? ':--' : '--:'))), ...rows.map(line)].join('\n')
}
