import { cellsOf } from './report.ts'
import type { Section } from './section.ts'

const BEGIN = '<!-- Measured: from here on written by npm run bench -- --write -->'
const END = '<!-- End of what is measured -->'

/**
 * The page with these tables in place of those of the same name; everything around them stays as a person wrote it.
 * Tables of other parts stay as long as they are of the same machine.
 */
export function withTables(page: string, sections: readonly Section[], machine: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin === -1 || end < begin) throw new Error(`the page needs "${BEGIN}" and after it "${END}"`)
  const where = `On ${machine}. Each table is of one run, in which everything in it was measured in turns; medians, with quartiles in brackets.`
  const before = page.slice(begin + BEGIN.length, end)
  const tables = before.includes(where) ? tablesIn(before) : new Map<string, string>()
  for (const section of sections) {
    tables.set(section.id, [`### ${section.title}`, section.about, markdownTable(section)].join('\n\n'))
  }
  const measured = [...tables].map(([id, text]) => `<!-- ${id} -->\n\n${text}`)
  return `${page.slice(0, begin)}${[BEGIN, where, ...measured].join('\n\n')}\n\n${page.slice(end)}`
}

function tablesIn(text: string): Map<string, string> {
  const parts = text.split(/^<!-- (\w+) -->$/m)
  const tables = new Map<string, string>()
  for (let nth = 1; nth < parts.length; nth += 2) tables.set(parts[nth] ?? '', (parts[nth + 1] ?? '').trim())
  return tables
}

function markdownTable(section: Section): string {
  const [head = [], ...rows] = cellsOf(section)
  if (rows.length === 0) return 'Not measured on that system.'
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map((_, nth) => (nth === 0 ? ':--' : '--:'))), ...rows.map(line)].join('\n')
}
