import type { Place } from './torn.ts'

/** Something that was done to the log. `line` counts from 1; none where the whole file is gone. */
export type AuditProblem = {
  what: 'altered' | 'removed' | 'inserted' | 'out-of-order'
  file: string
  line?: number | undefined
  /** For the person, with file and line. */
  says: string
}

export type Span = { from: number; to: number }
type Missing = Span & { place: Place; file?: string | undefined }
type Stray = Span & { place: Place; count: number }

/** More than a person reads; the rest is counted. */
const MAX_PROBLEMS = 100
const MAX_PARTS = 1000

/** Gathers what is wrong, bounded; at the end, lines that are missing here and stand there become one problem. */
export class Problems {
  private readonly found: AuditProblem[] = []
  private readonly missing: Missing[] = []
  private readonly strays: Stray[] = []
  private more = 0

  add(what: AuditProblem['what'], place: { file: string; line?: number | undefined }, text: string): void {
    if (this.found.length >= MAX_PROBLEMS) {
      this.more += 1
      return
    }
    const where = place.line === undefined ? place.file : `${place.file} line ${place.line}`
    this.found.push({ what, file: place.file, line: place.line, says: `${where}: ${text}` })
  }

  /** Problems that are only counted. */
  addMore(count: number): void {
    this.more += count
  }

  /** Entries that are not where they belong, which is before `place`; `file` is the file that is gone with them. */
  addMissing(span: Span, place: Place, file: string | undefined): void {
    if (this.missing.length < MAX_PARTS) this.missing.push({ ...span, place, file })
    else this.more += 1
  }

  /** Lines in a row that do not belong where they stand. */
  addStrays(span: Span, place: Place, count: number): void {
    if (this.strays.length < MAX_PARTS) this.strays.push({ ...span, place, count })
    else this.more += 1
  }

  /** Everything in the order of the files, and how many more there were. */
  end(): { problems: AuditProblem[]; more: number } {
    for (const stray of this.strays) {
      const hole = this.missing.findIndex(({ from, to }) => from <= stray.from && stray.to <= to)
      const lines = stray.count === 1 ? 'this line was' : `${stray.count} lines from here on were`
      if (hole === -1) this.add('inserted', stray.place, `${lines} inserted; the log goes on without`)
      else {
        this.add('out-of-order', stray.place, `${lines} moved: ${entries(stray)} belongs elsewhere`)
        this.fill(hole, stray)
      }
    }
    for (const { place, file, ...span } of this.missing) {
      if (file === undefined)
        this.add('removed', place, `before this line ${entries(span)} was removed, or lost in a power cut`)
      else this.add('removed', { file }, `the file is gone or empty, and with it ${entries(span)}`)
    }
    const problems = this.found.sort(byPlace)
    return { problems, more: this.more }
  }

  private fill(hole: number, stray: Span): void {
    const [whole] = this.missing.splice(hole, 1)
    if (whole === undefined) return
    if (whole.from < stray.from) this.missing.push({ ...whole, to: stray.from - 1 })
    if (stray.to < whole.to) this.missing.push({ ...whole, from: stray.to + 1 })
  }
}

function entries({ from, to }: Span): string {
  return from === to ? `entry ${from}` : `everything from entry ${from} to entry ${to}`
}

function byPlace(a: AuditProblem, b: AuditProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return (a.line ?? 0) - (b.line ?? 0)
}
