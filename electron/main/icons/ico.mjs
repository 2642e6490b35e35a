import { decode } from 'fast-png'

/** What stands before the pictures: how many there are, then 16 bytes about each. */
const HEAD = 6
const ENTRY = 16
const BITMAP_HEAD = 40

/**
 * An icon of Windows out of pictures of it. They are bitmaps in it: not everything there reads small PNGs.
 *
 * @param {{ size: number, png: Uint8Array }[]} pictures `size` in pixels, less than 256
 * @returns {Buffer}
 */
export function ico(pictures) {
  const head = Buffer.alloc(HEAD + ENTRY * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  const bitmaps = pictures.map(({ size, png }) => bitmap(size, decode(png).data))
  let offset = head.length
  for (const [index, { size }] of pictures.entries()) {
    const at = HEAD + ENTRY * index
    const { length } = bitmaps[index]
    head.writeUInt8(size, at)
    head.writeUInt8(size, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += length
  }
  return Buffer.concat([head, ...bitmaps])
}

/** A picture from below to above, blue first, and the mask of old that says nothing where there is transparency. */
function bitmap(size, rgba) {
  const head = Buffer.alloc(BITMAP_HEAD)
  head.writeUInt32LE(BITMAP_HEAD, 0)
  head.writeInt32LE(size, 4)
  // Picture and mask, one above the other.
  head.writeInt32LE(size * 2, 8)
  head.writeUInt16LE(1, 12)
  head.writeUInt16LE(32, 14)
  const pixels = Buffer.alloc(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = (row * size + column) * 4
      const to = ((size - 1 - row) * size + column) * 4
      const [red, green, blue, alpha] = rgba.subarray(from, from + 4)
      pixels.set([blue, green, red, alpha], to)
    }
  }
  const maskRow = Math.ceil(size / 32) * 4
  return Buffer.concat([head, pixels, Buffer.alloc(maskRow * size)])
}
