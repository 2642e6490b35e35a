import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CertificateMaker, hasOpenssl } from '../support/certificates/openssl.ts'

/** The Mattermost of the bench, as seen from the process that measures. */
export type BenchServer = {
  url: string
  token: string
  channelId: string
  postId: string
  /** The same over TLS, and the file of the authority that vouches for it; absent without `openssl`. */
  secure?: { url: string; authority: string }
  /** Requests that came since this was asked last. */
  requests(): Promise<number>
  close(): void
}

type Hello = Omit<BenchServer, 'requests' | 'close' | 'secure'> & { secureUrl?: string }

/** Starts the Mattermost of the bench in a process of its own. */
export async function startServerProcess(): Promise<BenchServer> {
  const certificates = hasOpenssl() ? new CertificateMaker() : undefined
  const issuer = certificates?.make({ name: 'authority', authority: true })
  const own = issuer && certificates?.make({ name: 'chat', issuer, hosts: 'IP:127.0.0.1' })
  const script = fileURLToPath(new URL('mattermost.ts', import.meta.url))
  const child = fork(script, own ? [own.keyFile, own.certFile] : [])
  const { secureUrl, ...hello } = (await nextMessage(child)) as Hello
  return {
    ...hello,
    ...(secureUrl && issuer && { secure: { url: secureUrl, authority: issuer.certFile } }),
    requests: () => {
      const answer = nextMessage(child)
      child.send('count')
      return answer as Promise<number>
    },
    close: () => {
      child.disconnect()
      certificates?.remove()
    },
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('the Mattermost of the bench ended'))
    child.once('exit', onExit)
    child.once('message', message => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}
