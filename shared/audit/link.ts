import * as z from 'zod'
import type { AuditDraft } from './entry.ts'

/** SHA-256 in hex; a string is hashed as UTF-8. A parameter, because shared/ knows no node:crypto. */
export type Hash = (data: string | Uint8Array) => string

/** What the first entry has for the hash of the entry before. */
export const GENESIS = '0'.repeat(64)

/** Longer than any line that we write; what is longer is not read into memory. */
export const MAX_LINE_BYTES = 256 * 1024

/** What the log says about itself in an entry. */
const attestation = {
  /** In the first entry of a file: the file in which the entry before stands. */
  after: z.string().optional(),
  /** The hash of bytes before this line that a full disk or a kill left of a line. */
  torn: z.string().optional(),
  /** The record of the log's end was gone when this was written. */
  lost: z.literal(true).optional(),
}

const chainPart = z.object({ seq: z.number().int().positive(), ...attestation })
export type Attestation = Omit<z.infer<typeof chainPart>, 'seq'>

/** A line as a link of the chain. `sound` tells that its hash is that of its own words. */
export type Link = z.infer<typeof chainPart> & { prev: string; hash: string; sound: boolean }

const LINE = /^(\{.*),"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}$/

/** The line of an entry (without line feed) and its hash: SHA-256 over `prev` and the JSON of the rest. */
export function makeLine(
  fields: { seq: number; at: string } & AuditDraft & Attestation,
  prev: string,
  hash: Hash,
): { line: string; hash: string } {
  const rest = JSON.stringify(fields)
  const own = hash(prev + rest)
  return { line: `${rest.slice(0, -1)},"prev":"${prev}","hash":"${own}"}`, hash: own }
}

/**
 * Reads a line as a link of the chain, by its raw text: nothing in it can be written another way without being
 * found. Undefined where it is no entry at all.
 */
export function readLink(text: string, hash: Hash): Link | undefined {
  const [, head, prev, own] = LINE.exec(text) ?? []
  if (head === undefined || prev === undefined || own === undefined) return undefined
  try {
    const rest = `${head}}`
    const parsed = chainPart.safeParse(JSON.parse(rest))
    return parsed.success ? { ...parsed.data, prev, hash: own, sound: hash(prev + rest) === own } : undefined
  } catch {
    return undefined
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Like `readLink`, from bytes; what is not UTF-8 is no entry. */
export function readLinkBytes(bytes: Uint8Array, hash: Hash): Link | undefined {
  try {
    return bytes.length > MAX_LINE_BYTES ? undefined : readLink(utf8.decode(bytes), hash)
  } catch {
    return undefined
  }
}

/** Whether a link is the next one. */
export function follows(link: Link, before: { seq: number; hash: string }): boolean {
  return link.seq === before.seq + 1 && link.prev === before.hash
}
