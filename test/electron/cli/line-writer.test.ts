import { Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { LineWriter } from '../../../electron/cli/line-writer.ts'

/** A stream that notes each write, and how much it had when the writer said so. */
function watched() {
  const writes: string[] = []
  const told: number[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      writes.push(chunk)
      done()
    },
  })
  const lines = new LineWriter(stream, () => told.push(writes.length))
  return { writes, told, lines }
}

it('writes the lines of one turn together, in their order, and says so after each write', async () => {
  const { writes, told, lines } = watched()
  lines.write('a')
  lines.write('b')
  expect(writes).toEqual([])
  await turn()
  lines.write('c')
  await turn()
  expect(writes).toEqual(['a\nb\n', 'c\n'])
  expect(told).toEqual([1, 2])
})

it('writes at once what waits when it is told to, and none of it twice', async () => {
  const { writes, told, lines } = watched()
  lines.write('a')
  lines.flush()
  expect(writes).toEqual(['a\n'])
  lines.flush()
  await turn()
  expect(writes).toEqual(['a\n'])
  lines.write('b')
  lines.flush()
  lines.write('c')
  await turn()
  expect(writes.join('')).toBe('a\nb\nc\n')
  expect(told).toHaveLength(3)
})

it('keeps little: a turn that has much to say writes before its end, so that a reader who is slow is noticed', () => {
  const { writes, told, lines } = watched()
  const line = 'x'.repeat(1_000)
  for (let nth = 0; nth < 1_000; nth++) lines.write(line)
  const kept = 1_000 * (line.length + 1) - writes.join('').length
  expect(kept).toBeLessThanOrEqual(64 * 1024)
  expect(told.length).toBe(writes.length)
  expect(writes.length).toBeLessThan(20)
})
