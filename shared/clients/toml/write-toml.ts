import { tomlKey, tomlString } from './strings.ts'

/** What an entry of ours consists of. */
export type TomlValue = string | number | boolean | readonly TomlValue[] | TomlTable
export type TomlTable = { readonly [key: string]: TomlValue }

/** The lines of a table and of the tables inside it; one that holds nothing but tables gets no header. */
export function tableLines(path: readonly string[], table: TomlTable): string[] {
  const entries = Object.entries(table)
  const own = entries.flatMap(([key, value]) =>
    isTable(value) ? [] : [`${tomlKey(key)} = ${inline(value)}`],
  )
  const inner = entries.flatMap(([key, value]) => (isTable(value) ? [tableLines([...path, key], value)] : []))
  const header = own.length > 0 || inner.length === 0 ? [`[${path.map(tomlKey).join('.')}]`, ...own] : []
  const tables = [header, ...inner].filter(lines => lines.length > 0)
  return tables.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

/** A value on one line. */
export function inline(value: TomlValue): string {
  if (typeof value === 'string') return tomlString(value)
  if (typeof value !== 'object') return String(value)
  if (isTable(value)) {
    const members = Object.entries(value).map(([key, each]) => `${tomlKey(key)} = ${inline(each)}`)
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
  }
  return `[${value.map(inline).join(', ')}]`
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value)
}
