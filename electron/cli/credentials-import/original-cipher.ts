import { createHash } from 'node:crypto'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'

const PREFIX = 'enc:v1:'
const NONCE_BYTES = 24
const KEY_BYTES = 32

export type Deciphered =
  | { kind: 'plain'; value: string }
  | { kind: 'encrypted'; value: string }
  /** There is no key, or another one than it was encrypted with. */
  | { kind: 'unreadable' }

/** The key of an original KosmoKrator: of a secret in its environment, else of the text of its file. */
export function originalKey(secret: string | undefined, file: string | undefined): Uint8Array | undefined {
  if (secret) return hash(secret)
  if (file === undefined) return undefined
  const text = file.trim()
  const key = /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0)
  return key.length < KEY_BYTES ? hash(text) : key.subarray(0, KEY_BYTES)
}

/** A value as it was stored: libsodium's secretbox where PHP had libsodium, else plain text. */
export function decipher(stored: string, key: Uint8Array | undefined): Deciphered {
  if (!stored.startsWith(PREFIX)) return { kind: 'plain', value: stored }
  const bytes = Buffer.from(stored.slice(PREFIX.length), 'base64')
  if (key === undefined || bytes.length <= NONCE_BYTES) return { kind: 'unreadable' }
  try {
    const opened = xsalsa20poly1305(key, bytes.subarray(0, NONCE_BYTES)).decrypt(bytes.subarray(NONCE_BYTES))
    return { kind: 'encrypted', value: new TextDecoder('utf-8', { fatal: true }).decode(opened) }
  } catch {
    return { kind: 'unreadable' }
  }
}

function hash(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
