import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Receipt, receiptSchema } from '../../shared/clients/receipt.ts'
import { jsonReader, jsonText } from '../broker/json-file.ts'
import { writeWhole } from '../broker/whole-file.ts'
import { sha256 } from '../sha256.ts'

/** What we wrote where, one file each in our folder. */
export type Receipts = {
  /** The oldest first. */
  list(): Receipt[]
  get(target: string, name: string): Receipt | undefined
  /** @throws what the file system says */
  put(receipt: Receipt): void
  remove(target: string, name: string): void
  /** Files that cannot be read, as sentences: what they spoke of counts as somebody else's. */
  problems(): string[]
}

/** The receipts in a home folder of ours. */
export function openReceipts(kosmoHome: string): Receipts {
  const folder = join(kosmoHome, 'clients')
  const pathOf = (target: string, name: string) =>
    join(folder, `receipt-${sha256(`${target}\n${name}`).slice(0, 16)}.json`)
  const read = (path: string) => jsonReader(path, receiptSchema)()
  const all = () => names(folder).map(name => read(join(folder, name)))
  return {
    list: () =>
      all()
        .flatMap(each => (each.kind === 'value' ? [each.value] : []))
        .sort((a, b) => (a.at < b.at ? -1 : 1)),
    get(target, name) {
      const found = read(pathOf(target, name))
      return found.kind === 'value' ? found.value : undefined
    },
    put: receipt => writeWhole(pathOf(receipt.target, receipt.name), jsonText(receipt)),
    remove: (target, name) => rmSync(pathOf(target, name), { force: true }),
    problems: () => all().flatMap(each => (each.kind === 'broken' ? [`${each.why}.`] : [])),
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => /^receipt-[0-9a-f]{16}\.json$/.test(name))
  } catch {
    return []
  }
}
