import { readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { faultCode } from '../../broker/fault-code.ts'
import { isFile, readAll } from '../calls/read-payload.ts'
import { shown } from '../integrations/tell.ts'
import type { CliIo } from '../terminal/io.ts'

/** `name` stands before the lines in messages. */
export type ReadScript =
  | { kind: 'script'; code: string; name: string }
  | { kind: 'none' }
  /** It is there and cannot be used. */
  | { kind: 'wrong'; why: string }

/** More than anybody writes. In bytes. */
const MAX_BYTES = 1_000_000

/** How long a pipe that nobody named is waited for to say anything: agents leave one open that never will. */
const WAIT_MS = 3_000

/** The code of a script: given itself, or in a file, or piped in. */
export async function readScript(
  given: { code: string | undefined; file: string | undefined },
  io: CliIo,
): Promise<ReadScript> {
  const { code, file } = given
  if (code !== undefined) return script(code, 'eval')
  if (file !== undefined && file !== '-') return readFile(resolve(io.cwd, file), file)
  if (io.stdin.isTTY) return { kind: 'none' }
  const read = await readAll(io.stdin, file === '-' || isFile() ? undefined : WAIT_MS)
  if (read === 'too-long')
    return { kind: 'wrong', why: `what came on stdin is longer than ${MAX_BYTES} bytes` }
  return read === 'nothing' ? { kind: 'none' } : script(read, 'stdin')
}

function readFile(path: string, written: string): ReadScript {
  try {
    const { size } = statSync(path)
    if (size > MAX_BYTES) return { kind: 'wrong', why: `${shown(written)} is longer than ${MAX_BYTES} bytes` }
    const bytes = readFileSync(path)
    return script(new TextDecoder('utf-8', { fatal: true }).decode(bytes), basename(path))
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'wrong', why: `${shown(written)} is not UTF-8` }
    const code = faultCode(error)
    const why =
      code === 'ENOENT'
        ? `Lua file not found: ${shown(written)}`
        : `${shown(written)} cannot be read (${code})`
    return { kind: 'wrong', why }
  }
}

/** A first line for the shell (`#!/usr/bin/env …`) is none of Lua's; the others keep their numbers. */
function script(text: string, name: string): ReadScript {
  const code = text.replace(/^\ufeff/, '').replace(/^#[^\n]*/, '')
  return code.trim() === '' ? { kind: 'none' } : { kind: 'script', code, name }
}
