import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoopback, readServerUrl } from '../../../shared/mattermost/server-url.ts'

const baseOf = (text: string): string | undefined => {
  const read = readServerUrl(text)
  return read.kind === 'server' ? read.server.base : undefined
}

describe('readServerUrl', () => {
  it.each([
    ['https://chat.example.test', 'https://chat.example.test'],
    [' https://chat.example.test/ \n', 'https://chat.example.test'],
    ['HTTPS://Chat.Example.Test:443', 'https://chat.example.test'],
    ['https://chat.example.test:8443/', 'https://chat.example.test:8443'],
    ['https://example.test/mattermost', 'https://example.test/mattermost'],
    ['https://example.test/mattermost///', 'https://example.test/mattermost'],
    ['https://chat.example.test/api/v4', 'https://chat.example.test'],
    ['https://chat.example.test/api/v4/users/me', 'https://chat.example.test'],
    ['https://chat.example.test/eng/channels/town-square', 'https://chat.example.test'],
    ['https://example.test/mm/eng/messages/@alice', 'https://example.test/mm'],
    ['https://example.test/mm/eng/pl/abc?x=1#y', 'https://example.test/mm'],
    ['https://example.test/mm/login?redirect_to=x', 'https://example.test/mm'],
    ['https://example.test/_redirect/pl/abc', 'https://example.test'],
    ['http://localhost:8065', 'http://localhost:8065'],
    ['http://127.0.0.1:8065/mm', 'http://127.0.0.1:8065/mm'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://[::1]:8065', 'http://[::1]:8065'],
  ])('%j is the server %s', (text, base) => {
    expect(baseOf(text)).toBe(base)
  })

  it.each([
    ['', /not a URL/],
    ['chat.example.test', /not a URL|https/],
    ['localhost:8065', /https/],
    ['http://chat.example.test', /plain http/],
    ['http://192.168.1.5', /plain http/],
    ['http://0.0.0.0', /plain http/],
    ['http://localhost.evil.test', /plain http/],
    ['http://evil-localhost', /plain http/],
    ['http://127.0.0.1.evil.test', /plain http/],
    ['http://127.evil.test', /plain http/],
    ['http://[::2]', /plain http/],
    ['http://localhost@evil.test', /user name|plain http/],
    ['https://alice@chat.example.test', /user name/],
    ['https://:secret@chat.example.test', /user name/],
    ['ftp://chat.example.test', /only https/],
    ['file:///etc/passwd', /only https/],
    ['javascript:alert(1)', /only https/],
    ['https://chat.example.test/a b', /odd/],
    ['https://chat.example.test/a%2e%2e%2fb', /odd/],
    ['https://chat.example.test/a..b', /odd/],
    ['https://chat.example.test/a//b', /odd/],
  ])('%j is refused', (text, why) => {
    expect(readServerUrl(text)).toEqual({ kind: 'refused', why: expect.stringMatching(why) })
  })

  it('gives only addresses that read as themselves: https or this machine, no user, query or slash at the end', () => {
    const scheme = fc.constantFrom('https://', 'http://', 'HTTP://', 'https:', 'ftp://', '')
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.constantFrom('localhost', '127.0.0.1', '[::1]', 'a@b'))
    const path = fc
      .array(fc.constantFrom('', 'mm', '..', '%2e%2e', 'a b', 'channels', 'api', 'v4', 'pl', 'ä', '?x', '#y'))
      .map(parts => parts.join('/'))
    fc.assert(
      fc.property(scheme, host, path, (scheme, host, path) => {
        const base = baseOf(`${scheme}${host}/${path}`)
        if (base === undefined) return
        const url = new URL(base)
        expect(`${url.origin}${url.pathname}`.replace(/\/$/, '')).toBe(base)
        expect(url.protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)).toBe(true)
        expect(base).not.toMatch(/\.\.|[?#@%\s]|\/$/)
        expect(baseOf(base)).toBe(base)
      }),
      { numRuns: 1_000 },
    )
  })

  it('the label is the base without its scheme', () => {
    expect(readServerUrl('https://example.test:8443/mm')).toMatchObject({
      server: { label: 'example.test:8443/mm' },
    })
  })
})

describe('isLoopback', () => {
  it.each(['http://localhost:1', 'https://127.0.0.1/x', 'http://[::1]', 'http://127.1'])('%s is', url => {
    expect(isLoopback(url)).toBe(true)
  })

  it.each(['http://localhost.evil.test', 'http://127.0.0.1@evil.test', 'http://0.0.0.0', 'localhost', ''])(
    '%j is not',
    url => {
      expect(isLoopback(url)).toBe(false)
    },
  )
})
