import type { Socket } from 'node:net'
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib'
import type { AlteringFault, ReplacingFault } from './faults.ts'
import { decodeFirst } from './go-json.ts'
import { chunk, chunked, framing, headBytes } from './http-bytes.ts'
import { type HeaderList, type Reply, setHeader, textReply } from './reply.ts'
import type { LoggedRequest } from './request-log.ts'

const JSON_TYPE: HeaderList = [['Content-Type', 'application/json']]

/** A reply to write as usual, or nothing: then the player has taken the socket over. */
export type Played = Reply | undefined

export function playReplacing(fault: ReplacingFault, socket: Socket): Played {
  switch (fault.kind) {
    case 'reply':
      return {
        status: fault.status,
        headers: [...(fault.headers ?? [])],
        body: Buffer.from(fault.body ?? ''),
      }
    case 'neverAnswer':
      return undefined
    case 'halfClose':
      socket.end()
      return undefined
    case 'resetBeforeHeaders':
      reset(socket)
      return undefined
    case 'raw':
      writeAll(socket, fault.pieces, fault.ending)
      return undefined
    case 'slowHeaders':
      socket.write('HTTP/1.1 200 OK\r\nX-Slow: ')
      drip(socket, fault.everyMs, () => 'x')
      return undefined
    case 'gzipBomb':
      bomb(socket, fault.bytes)
      return undefined
    case 'endlessBody':
      endless(socket, fault.everyMs)
      return undefined
  }
}

export function playAltering(
  fault: AlteringFault,
  reply: Reply,
  socket: Socket,
  request: LoggedRequest,
  date: number,
): Played {
  switch (fault.kind) {
    case 'change':
      return fault.change(reply, request)
    case 'changeJson': {
      const body = decodeFirst(reply.body.toString('utf8'))
      // What is no JSON stays as it is.
      if (body === undefined) return reply
      return { ...reply, body: Buffer.from(JSON.stringify(fault.change(body, request))) }
    }
    case 'resetMidBody':
      socket.write(headBytes(reply, [['Content-Length', String(reply.body.length)]], date))
      socket.write(half(reply.body), () => reset(socket))
      return undefined
    case 'shortBody':
      socket.write(headBytes(reply, [['Content-Length', String(reply.body.length + fault.missing)]], date))
      socket.end(reply.body)
      return undefined
    case 'gzip':
      return badGzip(reply, fault.how)
    case 'encodings':
      return encoded(reply, fault.names, fault.really)
    case 'slowBody':
      slowBody(socket, reply, fault.everyMs, fault.pieceBytes)
      return undefined
    case 'badChunk':
      socket.write(headBytes(reply, [['Transfer-Encoding', 'chunked']], date))
      socket.end(Buffer.concat([chunk(half(reply.body)), Buffer.from('zz\r\nnot a size\r\n')]))
      return undefined
    case 'hugeHeader':
      return { ...reply, headers: [...reply.headers, ['X-Huge', 'h'.repeat(fault.bytes)]] }
    case 'manyHeaders': {
      const many: HeaderList = Array.from({ length: fault.count }, (_, nth) => [`X-Many-${nth}`, 'm'])
      return { ...reply, headers: [...reply.headers, ...many] }
    }
    case 'informational': {
      const said = fault.status === 100 ? '100 Continue' : '103 Early Hints'
      socket.write(`HTTP/1.1 ${said}\r\n\r\n`.repeat(fault.count))
      return reply
    }
    case 'http10':
      socket.write(headBytes(reply, [], date, 'HTTP/1.0'))
      socket.end(reply.body)
      return undefined
    case 'http09':
      socket.end(reply.body)
      return undefined
    case 'closeAfterReply': {
      const how = framing(reply)
      socket.write(headBytes(reply, how === undefined ? [] : [how], date))
      socket.end(how?.[1] === 'chunked' ? chunked(reply.body) : reply.body)
      return undefined
    }
  }
}

/** Ends a connection with a reset where the socket can, else abruptly. */
export function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy()
  } catch {
    socket.destroy()
  }
}

function writeAll(socket: Socket, pieces: (string | Buffer)[], ending: 'end' | 'reset' | 'leaveOpen'): void {
  for (const piece of pieces) socket.write(piece)
  if (ending === 'end') socket.end()
  // A reset throws away what was not sent yet, so it waits for the last write.
  if (ending === 'reset') socket.write('', () => reset(socket))
}

function half(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2))
}

function badGzip(reply: Reply, how: 'truncated' | 'corrupt'): Reply {
  const whole = gzipSync(reply.body)
  const body = how === 'truncated' ? whole.subarray(0, Math.max(12, whole.length - 20)) : Buffer.from(whole)
  if (how === 'corrupt') body.fill(0xff, 12, Math.min(body.length, 40))
  const altered = { ...reply, headers: [...reply.headers], body }
  setHeader(altered, 'Content-Encoding', 'gzip')
  return altered
}

function encoded(reply: Reply, names: ('gzip' | 'deflate' | 'br')[], really: boolean): Reply {
  const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
  const body = really ? names.reduce((inner, name) => encoders[name](inner), reply.body) : reply.body
  const altered = { ...reply, headers: [...reply.headers], body }
  setHeader(altered, 'Content-Encoding', names.join(', '))
  return altered
}

function slowBody(socket: Socket, reply: Reply, everyMs: number, pieceBytes: number): void {
  socket.write(headBytes(reply, [['Content-Length', String(reply.body.length)]]))
  let sent = 0
  drip(socket, everyMs, () => {
    const piece = reply.body.subarray(sent, sent + pieceBytes)
    sent += piece.length
    return piece.length === 0 ? undefined : piece
  })
}

function drip(socket: Socket, everyMs: number, next: () => string | Buffer | undefined): void {
  const timer = setInterval(() => {
    const piece = socket.writable ? next() : undefined
    if (piece === undefined) clearInterval(timer)
    else socket.write(piece)
  }, everyMs)
  socket.once('close', () => clearInterval(timer))
}

function endless(socket: Socket, everyMs: number | undefined): void {
  socket.write(headBytes(textReply(200, '', [...JSON_TYPE]), [['Transfer-Encoding', 'chunked']]))
  socket.write(chunk(Buffer.from('["')))
  const piece = chunk(Buffer.alloc(16_384, 'a'))
  if (everyMs !== undefined) {
    drip(socket, everyMs, () => piece)
    return
  }
  const pour = (): void => {
    while (socket.writable && socket.write(piece));
  }
  socket.on('drain', pour)
  pour()
}

/** A small body that unpacks to many bytes of valid JSON, made while it is sent so that it costs no memory here. */
function bomb(socket: Socket, bytes: number): void {
  const headers: HeaderList = [...JSON_TYPE, ['Content-Encoding', 'gzip']]
  socket.write(headBytes(textReply(200, '', headers), [['Connection', 'close']]))
  const packer = createGzip()
  packer.pipe(socket)
  socket.once('close', () => packer.destroy())
  packer.on('error', () => undefined)
  const block = Buffer.alloc(1 << 20, 0x20)
  let left = bytes
  const feed = (): void => {
    while (left > 0 && !packer.destroyed) {
      left -= block.length
      if (!packer.write(block)) {
        packer.once('drain', feed)
        return
      }
    }
    packer.end('[]')
  }
  feed()
}
