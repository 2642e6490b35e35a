import type { RequestOptions } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import type { AxiosProxyConfig } from 'axios'
import httpAdapter from 'axios/unsafe/adapters/http.js'
import { MAX_HEADER_BYTES, type Progress, type Transport, watchSending } from './transport.ts'

/** axios's adapter alone is called: the merging and transforming around it changes nothing of ours. */
const PLAIN = {
  responseType: 'arraybuffer',
  // Decompressed by the exchanger, strictly: a cut gzip stream must not pass for a whole one.
  decompress: false,
  maxRedirects: 0,
  validateStatus: null,
  maxBodyLength: 2 * 1024 * 1024,
} as const

/**
 * By axios, which knows the ways of proxies: tunnels, sign-in, and whom the environment leaves out.
 *
 * @param proxy undefined = the environment's
 */
export function throughProxy(proxy: AxiosProxyConfig | undefined): Transport {
  return async ({ outgoing, agent, signal }, progress) => {
    const { status, headers, data } = await httpAdapter({
      httpAgent: agent,
      httpsAgent: agent,
      ...PLAIN,
      url: outgoing.url,
      method: outgoing.method,
      headers: outgoing.headers,
      data: outgoing.body,
      signal,
      ...(proxy !== undefined && { proxy }),
      maxContentLength: outgoing.maxBytes,
      transport: watched(outgoing.url, progress),
    })
    return { status, headers, body: data }
  }
}

/** Node's own transport, watched. */
function watched(url: string, progress: Progress) {
  const { request } = url.startsWith('https:') ? https : http
  return {
    request(
      options: RequestOptions,
      onResponse: (response: http.IncomingMessage) => void,
    ): http.ClientRequest {
      const outgoing = request({ ...options, maxHeaderSize: MAX_HEADER_BYTES }, onResponse)
      watchSending(outgoing, progress)
      return outgoing
    },
  }
}
