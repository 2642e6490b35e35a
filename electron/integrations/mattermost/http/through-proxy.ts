import https from 'node:https'
import httpAdapter from 'axios/unsafe/adapters/http.js'
import { MAX_HEADER_BYTES, type Progress, unaskedUpgrade, type Way, watchSending } from './transport.ts'
import { TunnelAgent, type TunnelOptions } from './tunnel-agent.ts'

/** axios's adapter alone is called: the merging and transforming around it changes nothing of ours. */
const PLAIN = {
  responseType: 'arraybuffer',
  // Decompressed by the exchanger, strictly: a cut gzip stream must not pass for a whole one.
  decompress: false,
  maxRedirects: 0,
  validateStatus: null,
  maxBodyLength: 2 * 1024 * 1024,
  // It takes what a proxy refuses with for the server's answer; the agent makes the tunnels.
  proxy: false,
} as const

/** To a server of https by axios, over tunnels through a proxy. */
export function throughProxy(proxy: URL, options: TunnelOptions): Way {
  return {
    agent: new TunnelAgent(proxy, options),
    send: ({ outgoing, agent, signal }, progress) =>
      new Promise((resolve, reject) => {
        httpAdapter({
          ...PLAIN,
          httpsAgent: agent,
          url: outgoing.url,
          method: outgoing.method,
          headers: outgoing.headers,
          data: outgoing.body,
          signal,
          maxContentLength: outgoing.maxBytes,
          transport: watched(progress, reject),
        }).then(
          ({ status, headers, data }) => resolve({ status, headers, body: data }),
          error => reject(nodesOwn(error)),
        )
      }),
  }
}

/** Node's own client, watched. */
function watched(progress: Progress, fail: (error: Error) => void) {
  return {
    request(...[options, onResponse]: Parameters<typeof https.request>) {
      const outgoing = https.request({ ...Object(options), maxHeaderSize: MAX_HEADER_BYTES }, onResponse)
      watchSending(outgoing, progress)
      outgoing.on('upgrade', () => {
        fail(unaskedUpgrade())
        outgoing.destroy()
      })
      return outgoing
    },
  }
}

/** What went wrong below axios, as Node says it. */
function nodesOwn(error: unknown): unknown {
  if (!(error instanceof Error) || !('isAxiosError' in error)) return error
  if (error.cause !== undefined) return error.cause
  const isTooLarge = error.message.includes('maxContentLength')
  return Object.assign(new Error('no whole answer'), {
    code: isTooLarge ? 'ERR_BUFFER_TOO_LARGE' : 'ECONNRESET',
  })
}
