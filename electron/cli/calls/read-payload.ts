import { fstatSync } from 'node:fs'
import { jsonFault } from '../../../shared/text/json-fault.ts'
import type { CliIo } from '../terminal/io.ts'

export type ReadPayload =
  | { kind: 'payload'; payload: Record<string, unknown> }
  | { kind: 'wrong'; why: string }

/** More than any post. In bytes. */
const MAX_BYTES = 1_000_000

/**
 * How long a pipe that nobody named is waited for to say anything: agents leave one open that never will. Where
 * something is missing, whoever fills it may be slow.
 */
const GLANCE_MS = 250
const WAIT_MS = 10_000

/**
 * The payload of a call: a word of JSON, stdin where the word is `-`, and what is piped in where there is no word.
 *
 * @param isMissing whether the call lacks something without it
 */
export async function readPayload(
  word: string | undefined,
  isMissing: boolean,
  io: CliIo,
): Promise<ReadPayload> {
  if (word !== undefined && word !== '-') return parse(word, 'the payload')
  if (word === undefined && io.stdin.isTTY) return { kind: 'payload', payload: {} }
  if (word === '-' && io.stdin.isTTY)
    return { kind: 'wrong', why: 'the payload is to come from stdin, and stdin is a terminal' }
  const firstMs = word === '-' || isFile() ? undefined : isMissing ? WAIT_MS : GLANCE_MS
  const read = await readAll(io.stdin, firstMs)
  if (read === 'too-long')
    return { kind: 'wrong', why: `what came on stdin is longer than ${MAX_BYTES} bytes` }
  return read === 'nothing' || read.trim() === ''
    ? { kind: 'payload', payload: {} }
    : parse(read, 'what came on stdin')
}

function parse(text: string, what: string): ReadPayload {
  const json = text.replace(/^\ufeff/, '')
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    const { line, column } = jsonFault(json) ?? { line: 1, column: 1 }
    return { kind: 'wrong', why: `${what} is not JSON (line ${line}, column ${column})` }
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject) return { kind: 'wrong', why: `${what} is no JSON object, such as {"page": 0}` }
  return { kind: 'payload', payload: value as Record<string, unknown> }
}

/** A file that was led in with `<` ends by itself. */
export function isFile(): boolean {
  try {
    return fstatSync(0).isFile()
  } catch {
    return false
  }
}

/** All of stdin; `nothing` where it has said nothing within `firstMs`. */
export function readAll(
  stdin: NodeJS.ReadStream,
  firstMs: number | undefined,
): Promise<string | 'nothing' | 'too-long'> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = firstMs === undefined ? undefined : setTimeout(() => end('nothing'), firstMs)
    const onData = (chunk: Buffer | string) => {
      clearTimeout(timer)
      size += chunk.length
      if (size > MAX_BYTES) return end('too-long')
      chunks.push(Buffer.from(chunk))
    }
    const onEnd = () => end(Buffer.concat(chunks).toString('utf8'))
    function end(result: string): void {
      clearTimeout(timer)
      stdin.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onEnd)
      stdin.on('error', () => undefined)
      // An open pipe would keep this process for as long as somebody holds its other end.
      stdin.destroy()
      resolve(result)
    }
    stdin.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onEnd)
  })
}
