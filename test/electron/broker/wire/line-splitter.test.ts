import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineSplitter } from '../../../../electron/broker/wire/line-splitter.ts'

type Event = string | null

/** What a splitter reports for a stream given in pieces: lines as binary text, null for one that is too long. */
function split(chunks: Buffer[], maxBytes: number): Event[] {
  const events: Event[] = []
  const splitter = new LineSplitter(
    maxBytes,
    line => events.push(line.toString('latin1')),
    () => events.push(null),
  )
  for (const chunk of chunks) splitter.push(chunk)
  return events
}

/** The same for a stream in one piece, the plain way. */
function naive(bytes: Buffer, maxBytes: number): Event[] {
  const lines = bytes.toString('latin1').split('\n')
  const rest = lines.pop() ?? ''
  const events = lines.map(line => (line.length > maxBytes ? null : line))
  return rest.length > maxBytes ? [...events, null] : events
}

function inPieces(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

const stream = fc
  .array(fc.oneof(fc.constant(10), fc.nat(255)), { maxLength: 120 })
  .map(bytes => Buffer.from(bytes))

describe('LineSplitter', () => {
  it('gives what a plain split of the whole stream gives, however the stream is cut', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat()), fc.integer({ min: 0, max: 20 }), (bytes, cuts, max) => {
        expect(split(inPieces(bytes, cuts), max)).toEqual(naive(bytes, max))
      }),
    )
  })

  it('reports a line that is too long as soon as it is, and once', () => {
    const pieces = ['abc', 'def', 'ghi', 'jkl\nmn\n'].map(text => Buffer.from(text))
    expect(split(pieces.slice(0, 2), 5)).toEqual([null])
    expect(split(pieces, 5)).toEqual([null, 'mn'])
  })

  it('gives a line of exactly the most bytes', () => {
    expect(split([Buffer.from('12345\n123456\n')], 5)).toEqual(['12345', null])
  })

  it('counts bytes, not characters', () => {
    expect(split([Buffer.from('äää\n')], 5)).toEqual([null])
  })
})
