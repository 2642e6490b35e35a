import { describe, expect, it } from 'vitest'
import {
  readAnswer,
  retryAfterSeconds,
} from '../../../../../electron/integrations/mattermost/http/read-answer.ts'

const answer = (status: number, body: string | Buffer, headers: Record<string, string> = {}) =>
  readAnswer({ status, headers, body: Buffer.from(body) }, 'chat.example.org')

function failed(status: number, body: string | Buffer, headers?: Record<string, string>) {
  const read = answer(status, body, headers)
  if (read.kind !== 'error') throw new Error('expected an error')
  return read
}
const appError = (status: number, id: string, more: object = {}) =>
  JSON.stringify({
    id,
    message: 'LOCALISED <b>words</b>',
    detailed_error: 'token=secrettokensecrettokensecr',
    request_id: 'pr4ox5rzkjgwmk3kfn1h1y7nfc',
    status_code: status,
    ...more,
  })

describe('readAnswer', () => {
  it.each([
    ['plain', '{"a":1}'],
    ['with a line feed at its end', '{"a":1}\n'],
    ['with a byte order mark', '\ufeff{"a":1}'],
  ])('reads JSON %s, whatever its content type says', (_, body) => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'text/plain', 'text/html']) {
      expect(answer(200, body, { 'content-type': type })).toEqual({ kind: 'json', json: { a: 1 } })
    }
    expect(answer(200, body)).toEqual({ kind: 'json', json: { a: 1 } })
  })

  it.each([
    ['half an object', '{"a":'],
    ['two values', '{}{}'],
    ['lines of JSON', '{}\n{}'],
    ['words', 'OK'],
    ['NaN', 'NaN'],
    ['half a character', Buffer.from([0x22, 0xf0, 0x9f, 0x22])],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
    ['nothing', ''],
    ['blanks', ' \n'],
  ])('refuses %s', (_, body) => {
    for (const status of [200, 201]) {
      expect(failed(status, body)).toMatchObject({ understood: false, error: { code: 'bad_response' } })
    }
  })

  it('names a web page by its title, on one line and cut', () => {
    const page = `  <html><title>Sign\nin\u202e ${'x'.repeat(200)}</title>`
    const { error, understood } = failed(200, page, { 'content-type': 'application/json' })
    expect(error.code).toBe('bad_response')
    expect(error.message).toMatch(/web page titled "Sign in x+…"/)
    expect(error.message.length).toBeLessThan(350)
    expect(understood).toBe(false)
  })

  it.each([
    [401, 'api.context.session_expired.app_error', 'unauthorized', 'Make a new token'],
    [401, 'some.other.id', 'unauthorized', 'did not accept the token'],
    [403, 'api.context.permissions.app_error', 'forbidden', 'does not let this account do that'],
    [403, 'api.context.mfa_required.app_error', 'forbidden', 'multi-factor'],
    [404, 'app.post.get.app_error', 'not_found', 'no such post'],
    [404, 'api.context.404.app_error', 'not_found', 'subpath'],
    [413, 'api.context.request_body_too_large.app_error', 'refused', 'too large'],
    [500, 'app.post.save.app_error', 'unavailable', 'fault of its own'],
    [503, 'api.context.server_busy.app_error', 'unavailable', 'busy'],
  ])('explains %i %s by words of ours', (status, id, code, words) => {
    const { error, understood } = failed(status, appError(status, id))
    expect(error).toMatchObject({
      code,
      facts: { status, serverError: id, requestId: 'pr4ox5rzkjgwmk3kfn1h1y7nfc' },
    })
    expect(error.message).toContain(words)
    expect(error.message).not.toMatch(/LOCALISED|token=/)
    expect(understood).toBe(true)
  })

  it('never shows the text of an error, also where it leaves its status out', () => {
    const { error } = failed(
      403,
      appError(403, 'api.context.permissions.app_error', { status_code: undefined }),
    )
    expect(error).toMatchObject({
      code: 'forbidden',
      facts: { serverError: 'api.context.permissions.app_error' },
    })
    expect(error.message).not.toMatch(/LOCALISED|token=/)
  })

  it('takes an error object for an error whatever the status of the answer', () => {
    expect(failed(200, appError(403, 'api.context.permissions.app_error')).error.code).toBe('forbidden')
  })

  it('takes an object that only looks like an error for what it is', () => {
    expect(answer(200, '{"id":"x","message":"a post","status_code":0}').kind).toBe('json')
  })

  it('quotes the free text of a plugin and a proxy, cleaned, cut and labelled', () => {
    const plugin = failed(
      400,
      appError(400, `Post rejected by plugin. Mind\nyour "words"\u202e ${'x'.repeat(300)}`),
    )
    expect(plugin.error.message).toContain('Its words: "Post rejected by plugin. Mind your "words" xxx')
    expect(plugin.error.facts.serverError).toBeUndefined()
    const proxy = failed(502, 'upstream\nbroken\u001b[31m')
    expect(proxy.error.message).toContain('its words: "upstream broken[31m"')
    expect(proxy.understood).toBe(false)
    expect(proxy.error.message).not.toContain('subpath')
    expect(failed(404, '404 page not found').error.message).toMatch(
      /page not found"\. Is the server URL right/,
    )
  })

  it('says "not modified" is nobody\'s wish', () => {
    expect(failed(304, '').error.message).toContain('although nobody asked')
  })

  it.each([
    ['limit exceeded\n', true],
    ['<html>Too many</html>', false],
    ['{"error":"slow down"}', false],
  ])('knows its own 429 from that of something in between: %j', (body, understood) => {
    const read = failed(429, body, { 'retry-after': '9' })
    expect(read).toMatchObject({ understood, error: { code: 'rate_limited', facts: { status: 429 } } })
    expect(read.error.message).toContain('wait 9 seconds')
  })
})

describe('retryAfterSeconds', () => {
  const now = Date.parse('2026-10-21T07:28:00Z')
  it.each([
    ['1', 1],
    ['120', 120],
    ['1, 1', 1],
    ['2, 7', 7],
    ['0', 1],
    ['-5', 1],
    ['abc', 1],
    ['', 1],
    [undefined, 1],
    ['Wed, 21 Oct 2026 07:28:30 GMT', 30],
    ['Wed, 21 Oct 2026 07:00:00 GMT', 1],
    ['99999999999999999999', 1],
  ])('reads %j as %i', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds)
  })
})
