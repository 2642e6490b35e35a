import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { NotDone, strictBase } from '../strict.ts'
import { type Bitmap, readPng, writePng } from './png.ts'

type Done = Pick<
  Electron.NativeImage,
  | 'addRepresentation'
  | 'getAspectRatio'
  | 'getScaleFactors'
  | 'getSize'
  | 'isEmpty'
  | 'isTemplateImage'
  | 'setTemplateImage'
  | 'toBitmap'
  | 'toDataURL'
  | 'toPNG'
>

/** Suffixes with which Electron looks for the same picture at other densities. */
const SCALES = [1, 1.25, 1.33, 1.4, 1.5, 1.8, 2, 2.5, 3, 4, 5]

/** A picture of PNG files, at one or several densities. */
export class NativeImage extends strictBase('NativeImage') implements Done {
  readonly #bitmaps = new Map<number, Bitmap>()
  #isTemplate = false

  static createEmpty(): NativeImage {
    return new NativeImage()
  }

  /** Empty where there is no such file, as Electron's. */
  static createFromPath(path: string): NativeImage {
    const image = new NativeImage()
    const extension = extname(path)
    const stem = path.slice(0, path.length - extension.length)
    for (const scale of SCALES) {
      const file = scale === 1 ? path : `${stem}@${scale}x${extension}`
      if (existsSync(file)) image.#add(scale, readFileSync(file))
    }
    image.#isTemplate = stem.endsWith('Template')
    return image
  }

  static createFromBuffer(buffer: Buffer, options: Electron.CreateFromBufferOptions = {}): NativeImage {
    const image = new NativeImage()
    image.#add(options.scaleFactor ?? 1, buffer)
    return image
  }

  static createFromDataURL(dataURL: string): NativeImage {
    return NativeImage.createFromBuffer(bytesOf(dataURL))
  }

  addRepresentation(options: Electron.AddRepresentationOptions): void {
    const { scaleFactor = 1, buffer, dataURL } = options
    const bytes = buffer ?? (dataURL === undefined ? undefined : bytesOf(dataURL))
    if (bytes !== undefined) this.#add(scaleFactor, bytes)
  }

  isEmpty(): boolean {
    return this.#bitmaps.size === 0
  }

  getScaleFactors(): number[] {
    return [...this.#bitmaps.keys()]
  }

  getSize(): Electron.Size {
    const [first] = this.#bitmaps
    if (first === undefined) return { width: 0, height: 0 }
    const [scale, { width, height }] = first
    return { width: Math.round(width / scale), height: Math.round(height / scale) }
  }

  getAspectRatio(): number {
    const { width, height } = this.getSize()
    return height === 0 ? 1 : width / height
  }

  isTemplateImage(): boolean {
    return this.#isTemplate
  }

  setTemplateImage(option: boolean): void {
    this.#isTemplate = option
  }

  /** Blue, green, red and opacity of each pixel, as on Linux. */
  toBitmap(options: Electron.ToBitmapOptions = {}): Buffer {
    const { rgba } = this.#at(options.scaleFactor ?? 1)
    const bytes = Buffer.from(rgba)
    for (let at = 0; at < bytes.length; at += 4) {
      const [red = 0, , blue = 0] = bytes.subarray(at, at + 3)
      bytes[at] = blue
      bytes[at + 2] = red
    }
    return bytes
  }

  toPNG(options: Electron.ToPNGOptions = {}): Buffer {
    return this.isEmpty() ? Buffer.alloc(0) : writePng(this.#at(options.scaleFactor ?? 1))
  }

  toDataURL(options: Electron.ToDataURLOptions = {}): string {
    return `data:image/png;base64,${this.toPNG(options).toString('base64')}`
  }

  /** For the tray: all densities. */
  bitmaps(): Bitmap[] {
    return [...this.#bitmaps.values()]
  }

  #add(scale: number, bytes: Buffer): void {
    this.#bitmaps.set(scale, readPng(bytes))
  }

  #at(scale: number): Bitmap {
    const [first] = this.#bitmaps.values()
    return this.#bitmaps.get(scale) ?? first ?? { width: 0, height: 0, rgba: new Uint8Array() }
  }
}

function bytesOf(dataURL: string): Buffer {
  const [, data] = /^data:image\/png;base64,(.*)$/.exec(dataURL) ?? []
  if (data === undefined) throw new NotDone('data URLs of other pictures than PNG')
  return Buffer.from(data, 'base64')
}
