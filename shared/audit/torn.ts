import { type Hash, MAX_LINE_BYTES } from './link.ts'

/** More than this is not the rest of a line that was being written. */
const MAX_TORN_BYTES = 4 * MAX_LINE_BYTES
const MAX_PLACES = 1000

export type Place = { file: string; line: number }

/** Lines in a row that are no entries, until the next entry says what they are. Bounded, whatever stands there. */
export class Unreadable {
  readonly places: Place[] = []
  count = 0
  /** Whether the last one lacks its line feed: it was torn, or cut. */
  open = false
  private bytes = 0
  private pieces: Uint8Array[] = []

  add(place: Place, bytes: Uint8Array, open: boolean): void {
    this.count += 1
    this.open = open
    if (this.places.length < MAX_PLACES) this.places.push(place)
    this.bytes += bytes.length + 1
    if (this.bytes <= MAX_TORN_BYTES) this.pieces.push(bytes.slice())
    else this.pieces = []
  }

  /** The hash by which an entry attests them; none for what no torn line can be. */
  hash(hash: Hash): string | undefined {
    if (this.count === 0 || this.bytes > MAX_TORN_BYTES) return undefined
    const joined = new Uint8Array(this.bytes - 1).fill(0x0a)
    let at = 0
    for (const piece of this.pieces) {
      joined.set(piece, at)
      at += piece.length + 1
    }
    return hash(joined)
  }
}
