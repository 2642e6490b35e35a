import { afterwards, type FaultCase, instead } from './case.ts'

const MEGABYTE = 1 << 20

/** Cases 42 to 49 and 51: what a connection can do to a reply. `done, …` means that the server did its work. */
export const transportCases: FaultCase[] = [
  instead(42, 'reset before the headers', { kind: 'resetBeforeHeaders' }),
  afterwards(42, 'done, reset before the headers', { kind: 'resetBeforeHeaders' }),
  afterwards(42, 'done, reset in mid body', { kind: 'resetMidBody' }),
  afterwards(42, 'done, body shorter than its length', { kind: 'shortBody', missing: 64 }),
  afterwards(43, 'truncated gzip', { kind: 'gzip', how: 'truncated' }),
  afterwards(44, 'corrupt gzip', { kind: 'gzip', how: 'corrupt' }),
  afterwards(44, 'brotli that nobody asked for', { kind: 'encodings', names: ['br'], really: true }),
  afterwards(44, 'said to be gzip but is not', { kind: 'encodings', names: ['gzip'], really: false }),
  afterwards(44, 'six encodings on top of each other', {
    kind: 'encodings',
    names: ['gzip', 'gzip', 'gzip', 'gzip', 'gzip', 'gzip'],
    really: true,
  }),
  instead(45, 'gzip bomb', { kind: 'gzipBomb', bytes: 100 * MEGABYTE }),
  instead(45, 'body without an end', { kind: 'endlessBody' }),
  afterwards(46, 'one byte every 200 ms', { kind: 'slowBody', everyMs: 200, pieceBytes: 1 }),
  instead(46, 'header line without an end', { kind: 'slowHeaders', everyMs: 50 }),
  instead(47, 'never answers', { kind: 'neverAnswer' }),
  afterwards(47, 'done, never answers', { kind: 'neverAnswer' }),
  instead(47, 'closes without a byte', { kind: 'halfClose' }),
  afterwards(47, 'done, closes without a byte', { kind: 'halfClose' }),
  afterwards(48, 'bad chunk size', { kind: 'badChunk' }),
  afterwards(48, 'a header of one megabyte', { kind: 'hugeHeader', bytes: MEGABYTE }),
  afterwards(48, 'ten thousand headers', { kind: 'manyHeaders', count: 10_000 }),
  afterwards(48, 'HTTP/0.9', { kind: 'http09' }),
  instead(48, 'not HTTP', { kind: 'raw', pieces: ['SSH-2.0-OpenSSH_9.6\r\n'], ending: 'end' }),
  afterwards(49, 'a storm of 100 Continue', { kind: 'informational', status: 100, count: 200 }),
  afterwards(49, 'a storm of 103 Early Hints', { kind: 'informational', status: 103, count: 200 }),
  afterwards(49, 'HTTP/1.0 without a length', { kind: 'http10' }),
  afterwards(51, 'closes the connection after a whole reply', { kind: 'closeAfterReply' }),
]
