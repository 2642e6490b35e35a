import { KosmoError } from '../../../../shared/errors.ts'
import { cleanLine } from '../../../../shared/text/clean.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import { explainRefusal } from './explain-refusal.ts'

export type Answer = { status: number; headers: Record<string, string>; body: Buffer }

/** An answer understood: the JSON that was asked for, or the error that it means. */
export type ReadAnswer =
  | { kind: 'json'; json: unknown }
  /** `understood`: the error comes from Mattermost itself, so we know what it did; else something stands between. */
  | { kind: 'error'; error: KosmoError; understood: boolean }

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Reads an answer by what is in it: content types lie in both directions. */
export function readAnswer(answer: Answer, serverLabel: string): ReadAnswer {
  const { status, headers } = answer
  const requestId = idOf(headers['x-request-id'])
  if (status === 429)
    return { kind: 'error', error: tooMany(answer, serverLabel), understood: isOwn429(answer) }
  if (status >= 300 && status < 400) return redirected(answer, serverLabel)
  if (status === 407) return proxyWantsSignIn(serverLabel)
  const text = decode(answer.body)
  if (text === undefined) return garbled('not UTF-8', status, requestId)
  const start = text.trimStart().slice(0, 1)
  if (start === '<') return webPage(text, status, serverLabel)
  if (text.trim() === '') return empty(status, requestId, serverLabel)
  const json = parse(text)
  if (json === undefined) {
    return status >= 400
      ? plainRefusal(text, status, serverLabel)
      : garbled('not whole JSON', status, requestId)
  }
  const appError = readAppError(json.value, status)
  if (appError !== undefined && (status >= 400 || appError.status >= 400)) {
    const facts = {
      status: status >= 400 ? status : appError.status,
      requestId: appError.requestId ?? requestId,
    }
    return {
      kind: 'error',
      error: explainRefusal({ ...facts, id: appError.id, serverLabel }),
      understood: true,
    }
  }
  if (status >= 400) return plainRefusal(text, status, serverLabel)
  return { kind: 'json', json: json.value }
}

/** The body as text, strictly: half a character means that the answer is not whole. A byte order mark goes. */
export function decode(body: Buffer): string | undefined {
  try {
    return UTF8.decode(body)
  } catch {
    return undefined
  }
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

type AppError = { id: string; status: number; requestId: string | undefined }

/** Mattermost's error object; its `message` is localised and its `detailed_error` may hold the token: neither is read. */
export function readAppError(value: unknown, httpStatus: number): AppError | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { id, message, status_code: own, request_id: requestId } = value as Record<string, unknown>
  const status = typeof own === 'number' ? own : httpStatus
  if (typeof id !== 'string' || typeof message !== 'string' || status < 400) return undefined
  return { id, status, requestId: idOf(requestId) }
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z0-9]{1,40}$/.test(value) ? value : undefined
}

function isOwn429({ body }: Answer): boolean {
  return decode(body)?.trim() === 'limit exceeded'
}

/** Seconds that the server asks us to wait; proxies repeat the header, and some send a date or nonsense. */
export function retryAfterSeconds(header: string | undefined, now: number): number {
  const waits = (header ?? '').split(/,(?!\s*\d{1,2}\s+[A-Za-z]{3}\s)/).map(part => waitOf(part.trim(), now))
  return Math.max(1, ...waits.filter(Number.isFinite))
}

function waitOf(part: string, now: number): number {
  if (/^\d{1,6}$/.test(part)) return Number(part)
  return /[A-Za-z]{3}/.test(part) ? Math.ceil((Date.parse(part) - now) / 1000) : Number.NaN
}

function tooMany({ headers, status }: Answer, serverLabel: string): KosmoError {
  const seconds = retryAfterSeconds(headers['retry-after'], Date.now())
  return new KosmoError(
    'rate_limited',
    `${serverLabel} has had too many requests and asks to wait ${seconds} seconds. Try again after that.`,
    { status },
  )
}

function proxyWantsSignIn(serverLabel: string): ReadAnswer {
  const why = `The proxy before ${serverLabel} wants a user and a password. Put them into the address of the proxy (HTTPS_PROXY or MATTERMOST_PROXY).`
  return { kind: 'error', error: new KosmoError('network', why, { status: 407 }), understood: false }
}

function redirected({ status, headers }: Answer, serverLabel: string): ReadAnswer {
  const to = headers.location ?? ''
  const host =
    to !== '' && URL.canParse(to, `https://${serverLabel}`) ? new URL(to, `https://${serverLabel}`).host : ''
  const target = host === '' ? 'something that is no address' : host
  const why =
    status === 304
      ? `${serverLabel} answered "not modified" although nobody asked: a cache stands in between.`
      : `${serverLabel} redirects to ${ellipsis(cleanLine(target), 80)}. Redirects are not followed: they would take the token elsewhere. Set the server URL to where Mattermost really is, with its subpath.`
  return { kind: 'error', error: new KosmoError('bad_response', why, { status }), understood: false }
}

function webPage(html: string, status: number, serverLabel: string): ReadAnswer {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1] ?? ''
  const quoted = title.trim() === '' ? '' : ` titled "${ellipsis(cleanLine(title), 80)}"`
  const why = `${serverLabel} answered with a web page${quoted} instead of the Mattermost API: a sign-in gateway or proxy is in front of it, or the URL is wrong.`
  const code = status >= 500 ? 'unavailable' : 'bad_response'
  return { kind: 'error', error: new KosmoError(code, why, { status }), understood: false }
}

function empty(status: number, requestId: string | undefined, serverLabel: string): ReadAnswer {
  const why = `${serverLabel} answered with nothing where data was expected.`
  const code = status >= 500 ? 'unavailable' : 'bad_response'
  return { kind: 'error', error: new KosmoError(code, why, { status, requestId }), understood: false }
}

function garbled(what: string, status: number, requestId: string | undefined): ReadAnswer {
  const why = `The server's answer is ${what}: it was cut off or changed on the way. Try again.`
  return {
    kind: 'error',
    error: new KosmoError('bad_response', why, { status, requestId }),
    understood: false,
  }
}

function plainRefusal(text: string, status: number, serverLabel: string): ReadAnswer {
  const words = ellipsis(cleanLine(text), 80)
  const code = status >= 500 ? 'unavailable' : 'bad_response'
  const next = status === 404 ? ' Is the server URL right, with its subpath?' : ''
  const why = `${serverLabel} or a proxy before it answered ${status}; its words: "${words}".${next}`
  return { kind: 'error', error: new KosmoError(code, why, { status }), understood: false }
}
