import { describe, expect, it } from 'vitest'
import { decipher, originalKey } from '../../../../electron/cli/credentials-import/original-cipher.ts'

/** Made by PHP 8.2: sodium_crypto_secretbox('t0ken-of-alice', str_repeat('n', 24), $key). */
const BY_FILE = 'enc:v1:bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5u/APv/cZGRwGK3MMtVm2gRbz4O7D8BL3HczWXA3J8'
const BY_SECRET = 'enc:v1:bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5uPxFNkJI1hZyKnKfyKXk/wEw+wV7/UixH1QiHch4n'

const FILE = `${Buffer.alloc(32, 'k').toString('base64')}\n`
const OPENED = { kind: 'encrypted', value: 't0ken-of-alice' }

describe('row 28: values of an original store', () => {
  it('are opened as libsodium closed them, by the key of its file or of its environment', () => {
    expect(decipher(BY_FILE, originalKey(undefined, FILE))).toEqual(OPENED)
    expect(decipher(BY_SECRET, originalKey('a secret', undefined))).toEqual(OPENED)
    // As in the original the environment goes before the file.
    expect(decipher(BY_SECRET, originalKey('a secret', FILE))).toEqual(OPENED)
  })

  it('are plain text without their mark', () => {
    expect(decipher('t0ken', undefined)).toEqual({ kind: 'plain', value: 't0ken' })
    expect(decipher('', undefined)).toEqual({ kind: 'plain', value: '' })
  })

  it.each([
    ['without a key', BY_FILE, undefined],
    ['with another key', BY_FILE, originalKey('a secret', undefined)],
    ['cut off', BY_FILE.slice(0, -8), originalKey(undefined, FILE)],
    ['changed', BY_FILE.replace('/AP', '/AQ'), originalKey(undefined, FILE)],
    ['with nothing in them', 'enc:v1:', originalKey(undefined, FILE)],
    ['that are no base64', 'enc:v1:????', originalKey(undefined, FILE)],
  ])('cannot be read %s, and that is said instead of a value', (_what, stored, key) => {
    expect(decipher(stored, key)).toEqual({ kind: 'unreadable' })
  })

  it('a file that is no key of 32 bytes is a passphrase, as in the original', () => {
    expect(originalKey(undefined, 'short')).toEqual(originalKey('short', undefined))
    expect(originalKey(undefined, undefined)).toBeUndefined()
  })
})
