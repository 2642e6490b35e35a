import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The Mattermost of the bench, as seen from the process that measures. */
export type BenchServer = {
  url: string
  token: string
  channelId: string
  postId: string
  /** Requests that came since this was asked last. */
  requests(): Promise<number>
  close(): void
}

/** Starts the Mattermost of the bench in a process of its own. */
export async function startServerProcess(): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL('mattermost.ts', import.meta.url)))
  const hello = (await nextMessage(child)) as Omit<BenchServer, 'requests' | 'close'>
  return {
    ...hello,
    requests: () => {
      const answer = nextMessage(child)
      child.send('count')
      return answer as Promise<number>
    },
    close: () => child.disconnect(),
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
