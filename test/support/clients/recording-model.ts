import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A model provider on 127.0.0.1 that refuses every question and keeps what it was asked. */
export type RecordingModel = {
  url: string
  /** The bodies that were posted, parsed. */
  questions(): unknown[]
  close(): Promise<void>
}

/** Starts one. Whatever the client wants of other hosts ends here as well, when it is told that this is its proxy. */
export async function startRecordingModel(): Promise<RecordingModel> {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', text => {
      body += text
    })
    request.on('end', () => {
      if (request.method === 'POST') bodies.push(body)
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end('{"type":"error","error":{"type":"invalid_request_error","message":"no","code":400}}')
    })
  })
  server.on('connect', (_, socket) => {
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    questions: () => bodies.map(body => JSON.parse(body)),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
