import type { Fault } from '../faults.ts'
import { setHeader } from '../reply.ts'
import { afterwards, errorText, type FaultCase, instead, jsonFault } from './case.ts'

const PAGE =
  '<!DOCTYPE html><html><head><title>Sign in to Example SSO</title></head><body>Sign in</body></html>'
const NO_CHANNELS = errorText(404, 'app.channel.get_channels.not_found.app_error')
const FAILED = errorText(500, 'app.channel.get_channels.get.app_error')

function typed(type: string | undefined): Fault {
  return {
    kind: 'change',
    change: reply => {
      setHeader(reply, 'Content-Type', type)
      return reply
    },
  }
}

function header(name: string, value: string | undefined): Fault {
  return {
    kind: 'change',
    change: reply => {
      setHeader(reply, name, value)
      return reply
    },
  }
}

/** Changes the JSON of the reply as text, which can say what JSON.stringify cannot. */
function text(change: (body: string) => string): Fault {
  return {
    kind: 'change',
    change: reply => ({ ...reply, body: Buffer.from(change(reply.body.toString('utf8'))) }),
  }
}

function cut(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2))
}

/** Cases 23 to 31 and 36 to 39: bodies that are not what they say. */
export const bodyCases: FaultCase[] = [
  instead(23, 'HTML page', jsonFault(200, PAGE, 'text/html; charset=utf-8')),
  instead(24, 'HTML labelled as JSON', jsonFault(200, PAGE)),
  afterwards(25, 'JSON labelled text/plain', typed('text/plain')),
  afterwards(25, 'JSON with a charset', typed('application/json; charset=utf-8')),
  afterwards(25, 'JSON without a content type', typed(undefined)),
  instead(26, 'error object with 200', errorFaultWith200()),
  instead(27, 'broken array, 200', jsonFault(200, `[${NO_CHANNELS}`)),
  instead(27, 'broken array, 404', jsonFault(404, `[${NO_CHANNELS}`)),
  instead(27, 'broken array, 500', jsonFault(500, `[${FAILED}`)),
  instead(28, '404 that means an empty list', jsonFault(404, NO_CHANNELS)),
  instead(29, 'null', jsonFault(200, 'null')),
  instead(29, 'empty object', jsonFault(200, '{}')),
  instead(29, 'empty text', jsonFault(200, '""')),
  instead(29, 'zero', jsonFault(200, '0')),
  afterwards(30, 'done, empty body', {
    kind: 'change',
    change: reply => ({ ...reply, body: Buffer.alloc(0) }),
  }),
  afterwards(30, 'done, truncated JSON', {
    kind: 'change',
    change: reply => ({ ...reply, body: cut(reply.body) }),
  }),
  instead(31, '204', { kind: 'reply', status: 204 }),
  instead(31, '200 of no length', jsonFault(200, '')),
  afterwards(36, 'invalid UTF-8', {
    kind: 'change',
    change: reply => ({
      ...reply,
      body: Buffer.from(reply.body.toString('latin1').replace('":"', '":"\xff\xfe'), 'latin1'),
    }),
  }),
  afterwards(
    36,
    'UTF-8 byte order mark',
    text(body => `\uFEFF${body}`),
  ),
  afterwards(36, 'UTF-16', {
    kind: 'change',
    change: reply => ({ ...reply, body: Buffer.from(`\uFEFF${reply.body.toString('utf8')}`, 'utf16le') }),
  }),
  afterwards(
    37,
    'duplicate keys',
    text(body => body.replace(/^\{/, '{"id":"xxxxxxxxxxxxxxxxxxxxxxxxxx",')),
  ),
  afterwards(
    37,
    'trailing garbage',
    text(body => `${body}{}`),
  ),
  afterwards(
    37,
    'one JSON per line',
    text(body => `${body.trim()}\n${body}`),
  ),
  instead(38, '304 that nobody asked for', { kind: 'reply', status: 304, headers: [['Etag', 'x']] }),
  afterwards(39, 'no X-Version-Id', header('X-Version-Id', undefined)),
  afterwards(39, 'X-Version-Id of the future', header('X-Version-Id', '12.0.0.1.abc.false')),
  instead(50, 'deeply nested arrays', jsonFault(200, '['.repeat(200_000) + ']'.repeat(200_000))),
]

function errorFaultWith200(): Fault {
  return jsonFault(200, errorText(404, 'app.post.get.app_error'))
}
