import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Changes } from '../../../../electron/broker/configure/changes.ts'
import { readStdin, withStdin } from '../../../../electron/cli/configure/stdin-changes.ts'

const TOKEN = 't0k3nt0k3nt0k3nt0k3nt0k3n1'

const none: Changes = {
  account: 'default',
  set: {},
  unset: [],
  enabled: undefined,
  read: undefined,
  write: undefined,
  store: undefined,
}

describe('JSON on stdin', () => {
  it('is the body of the original, and flags go before it', () => {
    const body = {
      account: 'work',
      scope: 'global',
      credentials: { url: 'https://a', access_token: 'old' },
      set: { access_token: TOKEN },
      unset: ['scope'],
      enabled: false,
      permissions: { read: 'deny', write: 'deny' },
    }
    expect(withStdin(none, false, JSON.stringify(body))).toEqual({
      account: 'work',
      set: { url: 'https://a', access_token: TOKEN },
      unset: ['scope'],
      enabled: false,
      read: 'deny',
      write: 'deny',
      store: undefined,
    })
    const flags: Changes = { ...none, set: { url: 'https://b' }, enabled: true, write: 'ask' }
    expect(withStdin(flags, true, JSON.stringify(body))).toMatchObject({
      account: 'default',
      set: { url: 'https://b', access_token: TOKEN },
      enabled: true,
      read: 'deny',
      write: 'ask',
    })
  })

  it.each([
    ['', /not JSON/],
    [TOKEN, /not JSON/],
    [`{"set":{"access_token":"${TOKEN}"`, /not JSON/],
    [`["${TOKEN}"]`, /not understood/],
    [`{"${TOKEN}":1}`, /not understood; it has account, set/],
    [`{"set":{"access_token":["${TOKEN}"]}}`, /"set" in the JSON/],
    [`{"enabled":"${TOKEN}"}`, /"enabled" in the JSON/],
    [`{"permissions":{"${TOKEN}":"allow"}}`, /"permissions" in the JSON/],
    [`{"permissions":{"write":"${TOKEN}"}}`, /permission to write/],
    ['{"permissions":{"read":"ask"}}', /reads cannot be asked/],
    ['{"scope":"project"}', /"scope" on stdin/],
    [`{"account":"${TOKEN} x"}`, /"account" on stdin/],
  ])('%j is wrong usage, said without what stands in it', (text, why) => {
    const reading = () => withStdin(none, false, text)
    expect(reading).toThrow(why)
    expect(reading).not.toThrow(TOKEN)
  })
})

describe('stdin', () => {
  it('is read whole', async () => {
    expect(await readStdin(Readable.from([Buffer.from('{"a"'), Buffer.from(':1}')]))).toBe('{"a":1}')
  })

  it('is refused as a terminal and where it is endless', async () => {
    await expect(readStdin(Object.assign(new PassThrough(), { isTTY: true }))).rejects.toThrow(
      /is a terminal/,
    )
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(10_000, 'x')
      })(),
    )
    await expect(readStdin(endless)).rejects.toThrow(/too long/)
  })
})
