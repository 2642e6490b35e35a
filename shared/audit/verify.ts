import { HEAD_FILE, type HeadState } from './head.ts'
import { follows, GENESIS, type Hash, type Link, readLinkBytes } from './link.ts'
import { type AuditProblem, Problems } from './problems.ts'
import { type Place, Unreadable } from './torn.ts'

export type AuditCheck =
  | { kind: 'empty' }
  | { kind: 'intact'; entries: number; files: number; notes: string[] }
  | {
      kind: 'broken'
      entries: number
      files: number
      notes: string[]
      problems: AuditProblem[]
      more: number
    }

/** The end of what is accepted; `blamed` where a problem with that line was told already. */
type Tip = { seq: number; hash: string; blamed: boolean; place: Place | undefined }
/** Lines that follow each other but not the tip: something is missing before them, or they do not belong here. */
type Run = { first: Link; firstPlace: Place; last: Tip; count: number }

const MAX_NOTES = 100

/** So many entries back it is still known where a forged branch begins. */
const REMEMBERED = 64

/**
 * Verifies a log, line by line in the order of the files, in bounded memory: finds what was altered, removed,
 * inserted or moved. A note is no problem: a line that a kill or a full disk tore, entries newer than the end record.
 *
 * There is no secret in the chain. Who rewrites all lines from one on, with new hashes, and the end record as well,
 * is not found; nor is who removes the whole folder, or adds a well-made entry at the end. To hold against that, keep
 * the last hash somewhere else.
 */
export class AuditVerifier {
  private readonly hash: Hash
  private readonly head: HeadState
  private readonly problems = new Problems()
  private readonly notes: string[] = []
  private readonly files = new Set<string>()
  private tip: Tip = { seq: 0, hash: GENESIS, blamed: false, place: undefined }
  private run: Run | undefined
  private readonly accepted: Tip[] = []
  private unreadable = new Unreadable()
  private entries = 0
  private last: Place | undefined
  /** What the entry with the head's number has for a hash. */
  private atHead: string | undefined

  constructor(hash: Hash, head: HeadState) {
    this.hash = hash
    this.head = head
  }

  /** Takes the next line, without its line feed; `open` where it had none. */
  line(place: Place, bytes: Uint8Array, open: boolean): void {
    this.files.add(place.file)
    this.last = place
    const link = readLinkBytes(bytes, this.hash)
    if (link === undefined || (!link.sound && link.seq !== this.end().seq + 1)) {
      this.unreadable.add(place, bytes, open)
      return
    }
    this.entries += 1
    this.settleUnreadable(link, place)
    if (!link.sound) {
      this.problems.add('altered', place, `entry ${link.seq} was altered: its hash is not that of its words`)
      this.moveOn({ seq: link.seq, hash: link.hash, blamed: true, place })
      return
    }
    if (this.head.kind === 'head' && link.seq === this.head.head.seq) {
      // Of two entries with one number, the one that the end record knows is the true one.
      if (this.atHead !== this.head.head.hash) this.atHead = link.hash
    }
    if (link.lost === true)
      this.problems.add(
        'removed',
        place,
        'when this was written, the end record was gone: lines too, perhaps',
      )
    this.placeLink(link, place)
  }

  /** What is wrong, after the last line. */
  finish(): AuditCheck {
    if (this.last === undefined && !(this.head.kind === 'head' && this.head.head.seq > 0)) {
      if (this.head.kind !== 'unreadable') return { kind: 'empty' }
    }
    this.endRun()
    if (this.head.kind === 'head') this.compareWithHead(this.head.head)
    else {
      const gone = this.head.kind === 'missing'
      const why = gone ? 'the record of the end is gone' : 'the record of the end is unreadable'
      this.problems.add(gone ? 'removed' : 'altered', { file: HEAD_FILE }, `${why}: lines may be missing`)
      this.endUnreadable(0)
    }
    const { problems, more } = this.problems.end()
    const facts = { entries: this.entries, files: this.files.size, notes: this.notes }
    return problems.length + more === 0
      ? { kind: 'intact', ...facts }
      : { kind: 'broken', ...facts, problems, more }
  }

  private end(): Tip {
    return this.run?.last ?? this.tip
  }

  private moveOn(tip: Tip): void {
    if (this.run === undefined) this.tip = tip
    else this.run.last = tip
  }

  /** The lines between the last entry and this one that are none. */
  private settleUnreadable(link: Link, place: Place): void {
    const between = this.unreadable
    if (between.count === 0) {
      if (link.torn !== undefined)
        this.problems.add('removed', place, 'the rest of a torn line that stood before this one was removed')
      return
    }
    this.unreadable = new Unreadable()
    if (link.torn !== undefined && between.hash(this.hash) === link.torn) {
      this.noteTorn(between)
      return
    }
    const end = this.end()
    const altered = Math.max(0, Math.min(link.seq - end.seq - 1, between.count))
    this.blame(between, altered)
    if (altered === 0) return
    const seq = end.seq + altered
    // Its hash cannot be read any more, so what comes next is taken at its word.
    this.moveOn({
      seq,
      hash: link.seq === seq + 1 ? link.prev : '',
      blamed: true,
      place: between.places.at(-1),
    })
  }

  private blame(lines: Unreadable, altered: number): void {
    for (const [index, place] of lines.places.entries()) {
      if (index < altered) this.problems.add('altered', place, 'an entry stood here and was altered')
      else this.problems.add('inserted', place, 'this line was inserted: it is no entry')
    }
    this.problems.addMore(lines.count - lines.places.length)
  }

  private noteTorn(lines: Unreadable): void {
    const [place] = lines.places
    if (place === undefined || this.notes.length >= MAX_NOTES) return
    this.notes.push(
      `${place.file} line ${place.line}: half a line, left by a full disk or a process that was killed`,
    )
  }

  private placeLink(link: Link, place: Place): void {
    const tip = { seq: link.seq, hash: link.hash, blamed: false, place }
    if (follows(link, this.tip)) {
      if (this.run !== undefined) this.rejectRun(this.run)
      this.accept(tip)
    } else if (this.run !== undefined && follows(link, this.run.last)) {
      this.run.last = tip
      this.run.count += 1
    } else {
      if (this.run !== undefined) this.decideRun(this.run, false)
      if (follows(link, this.tip)) this.accept(tip)
      else this.run = { first: link, firstPlace: place, last: tip, count: 1 }
    }
  }

  private accept(tip: Tip): void {
    this.accepted.push(tip)
    if (this.accepted.length > REMEMBERED) this.accepted.shift()
    this.tip = tip
  }

  private rejectRun(run: Run): void {
    this.problems.addStrays({ from: run.first.seq, to: run.last.seq }, run.firstPlace, run.count)
    this.run = undefined
  }

  /** Two branches from one entry: the shorter one was inserted, unless the log goes on from it. */
  private decideBranch(run: Run, goesOn: boolean): void {
    const first = this.accepted.findIndex(tip => tip.seq === run.first.seq)
    const before = first > 0 ? this.accepted[first - 1]?.hash : GENESIS
    const place = this.accepted[first]?.place
    const count = this.accepted.length - first
    if (first === -1 || place === undefined || before !== run.first.prev || !(goesOn || run.count > count))
      return this.rejectRun(run)
    this.problems.addStrays({ from: run.first.seq, to: this.tip.seq }, place, count)
    this.run = undefined
    this.accepted.length = 0
    this.tip = run.last
  }

  /** `goesOn`: what comes after the run agrees with its end. */
  private decideRun(run: Run, goesOn: boolean): void {
    const { tip } = this
    const gap = run.first.seq - tip.seq - 1
    if (gap < 0) return this.decideBranch(run, goesOn)
    this.run = undefined
    this.tip = run.last
    if (gap > 0) {
      const { after } = run.first
      const gone = after !== undefined && !this.files.has(after) ? after : undefined
      this.problems.addMissing({ from: tip.seq + 1, to: run.first.seq - 1 }, run.firstPlace, gone)
      return
    }
    if (tip.blamed) return
    // Two that do not fit: with what follows the second, the first was rewritten; else the second was.
    const first = (goesOn || run.count > 1) && tip.place !== undefined
    const place = first ? tip.place : run.firstPlace
    this.problems.add(
      'altered',
      place ?? run.firstPlace,
      'rewritten with a hash of its own: the chain breaks here',
    )
    if (!first) this.tip = { ...run.last, blamed: true }
  }

  private endRun(): void {
    const { run, head, tip } = this
    if (run === undefined) return
    const known = (end: Tip) =>
      head.kind === 'head' && end.seq === head.head.seq && end.hash === head.head.hash
    if (known(tip)) this.rejectRun(run)
    else this.decideRun(run, known(run.last))
  }

  private compareWithHead(head: { seq: number; hash: string; file: string }): void {
    const { tip } = this
    const missing = head.seq - tip.seq
    const blamed = this.endUnreadable(missing)
    if (missing > blamed) {
      const { file, line } = this.last ?? { file: head.file, line: 0 }
      const gone = this.files.has(head.file) ? undefined : head.file
      const span = { from: tip.seq + blamed + 1, to: head.seq }
      this.problems.addMissing(span, { file, line: line + 1 }, gone)
    }
    if (missing > 0 || tip.place === undefined) return
    const known = missing === 0 ? tip.hash : head.seq === 0 ? GENESIS : this.atHead
    if (known !== head.hash) {
      if (!tip.blamed)
        this.problems.add('altered', tip.place, `this is not the entry ${head.seq} that the end record knows`)
    } else if (missing < 0) {
      this.notes.push(
        `${-missing} at the end newer than the end record: a process was killed, or the power failed, in between`,
      )
    }
  }

  /** Lines at the end that are no entries; how many of them take the place of entries that the end record knows. */
  private endUnreadable(missing: number): number {
    const lines = this.unreadable
    if (lines.count === 0) return 0
    const altered = Math.max(0, Math.min(missing, lines.count))
    if (altered === 0 && lines.open) this.noteTorn(lines)
    else this.blame(lines, altered)
    return altered
  }
}
