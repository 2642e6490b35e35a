import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { playAltering, playReplacing, reset } from './fault-player.ts'
import type { AlteringFault, Fault, FaultRule, ReplacingFault } from './faults.ts'
import { handle } from './handle.ts'
import { compressed, framing } from './http-bytes.ts'
import { headerOf, type Reply, textReply } from './reply.ts'
import type { LoggedRequest } from './request-log.ts'
import type { State } from './state.ts'

/** Reads a request, logs it, answers it and plays the fault it meets. A client that goes away stops nothing. */
export async function serve(
  state: State,
  requests: LoggedRequest[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request)
  const [path = '', ...rest] = (request.url ?? '').split('?')
  const logged: LoggedRequest = {
    method: request.method ?? '',
    path,
    query: rest.join('?'),
    headers: request.headers,
    body: body.toString('utf8'),
    status: 0,
    at: state.world.now(),
  }
  requests.push(logged)
  const rule = state.faults.take(logged)
  if (rule?.fault.kind === 'cutEarly') reset(request.socket)
  await state.faults.pass('beforeHandler', logged)
  const reply = await faulty(state, rule, { logged, body, socket: request.socket, date: dateOf(state) })
  if (reply === undefined) return
  if (reply.hangUp === true || request.socket.destroyed) return reset(request.socket)
  logged.status = reply.status
  write(state, reply, logged, response)
}

/** What the Date header says, in milliseconds. */
function dateOf({ world, settings }: State): number {
  return world.now() + settings.dateSkewMs
}

type Met = { logged: LoggedRequest; body: Buffer; socket: Socket; date: number }

/** The reply with its fault, or nothing when the fault has taken the socket. */
async function faulty(state: State, rule: FaultRule | undefined, met: Met): Promise<Reply | undefined> {
  const fault = rule?.fault
  const altering = fault !== undefined && isAltering(fault)
  const early = (rule?.at ?? (altering ? 'afterHandler' : 'beforeHandler')) === 'beforeHandler'
  if (fault !== undefined && early && isReplyFault(fault)) return play(fault, textReply(200, ''), met)
  if (fault?.kind === 'delay' && early) await wait(fault.ms)
  const address = met.socket.remoteAddress ?? ''
  const failsAfterSave = fault?.kind === 'failAfterSave'
  const reply = await handle(state, { logged: met.logged, body: met.body, address, failsAfterSave })
  await state.faults.pass('afterHandler', met.logged)
  if (fault?.kind === 'delay' && !early) await wait(fault.ms)
  return fault !== undefined && !early && isReplyFault(fault) ? play(fault, reply, met) : reply
}

function play(fault: ReplacingFault | AlteringFault, reply: Reply, met: Met): Reply | undefined {
  return isAltering(fault)
    ? playAltering(fault, reply, met.socket, met.logged, met.date)
    : playReplacing(fault, met.socket)
}

function isReplyFault(fault: Fault): fault is ReplacingFault | AlteringFault {
  return fault.kind !== 'delay' && fault.kind !== 'failAfterSave' && fault.kind !== 'cutEarly'
}

// A table, so that the compiler asks for a new fault's place here.
const ALTERING: Record<AlteringFault['kind'], true> = {
  badChunk: true,
  change: true,
  changeJson: true,
  closeAfterReply: true,
  encodings: true,
  gzip: true,
  http09: true,
  http10: true,
  hugeHeader: true,
  informational: true,
  manyHeaders: true,
  resetMidBody: true,
  shortBody: true,
  slowBody: true,
}

function isAltering(fault: Fault): fault is AlteringFault {
  return fault.kind in ALTERING
}

function write(state: State, reply: Reply, logged: LoggedRequest, response: ServerResponse): void {
  const whole = compressed(reply, state.settings, logged.headers)
  const how = framing(whole)
  const headers = [...whole.headers, ...(how === undefined ? [] : [how])].filter(([, value]) => value !== '')
  const date = headerOf(whole, 'date')
  if (date === '') response.sendDate = false
  // The world's clock may be set by a test, and a client reckons with the server's time.
  if (date === undefined) headers.push(['Date', new Date(dateOf(state)).toUTCString()])
  // Go announces neither Connection nor Keep-Alive, so a client cannot know when an idle connection will end.
  response.removeHeader('connection')
  const server = response.req.socket as Socket & { server?: Server }
  if (server.server !== undefined) server.server.keepAliveTimeout = state.settings.keepAliveMs
  response.writeHead(whole.status, headers.flat())
  response.end(whole.body)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces)
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms).unref())
}
