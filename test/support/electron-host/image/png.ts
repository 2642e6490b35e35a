import { convertIndexedToRgb, decode, encode } from 'fast-png'
import { NotDone } from '../strict.ts'

/** Red, green, blue and opacity of each pixel, row by row. */
export type Bitmap = { width: number; height: number; rgba: Uint8Array }

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** @throws NotDone for other pictures than PNG with 8 bits a channel */
export function readPng(bytes: Buffer): Bitmap {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new NotDone('other pictures than PNG')
  const png = decode(bytes)
  const { width, height } = png
  if (png.palette === undefined && png.depth !== 8) throw new NotDone(`PNG with ${png.depth} bits a channel`)
  const channels = png.palette === undefined ? png.channels : (png.palette[0]?.length ?? 3)
  const data = png.palette === undefined ? png.data : convertIndexedToRgb(png)
  const rgba = new Uint8Array(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [a = 0, b = 255, c = 0, d = 255] = data.subarray(pixel * channels, (pixel + 1) * channels)
    const isGrey = channels < 3
    rgba.set(isGrey ? [a, a, a, channels === 2 ? b : 255] : [a, b, c, channels === 4 ? d : 255], pixel * 4)
  }
  return { width, height, rgba }
}

export function writePng({ width, height, rgba }: Bitmap): Buffer {
  return Buffer.from(encode({ width, height, data: rgba, channels: 4, depth: 8 }))
}
