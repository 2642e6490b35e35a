import { existsSync, watch } from 'node:fs'

const POLL_MS = 500

/** Calls `look` whenever something may have been written, until the signal; polls too, for not every disk tells. */
export async function followFolder(folder: string, signal: AbortSignal, look: () => void): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve, reject) => {
    let watcher: ReturnType<typeof watch> | undefined
    const end = () => {
      clearInterval(timer)
      watcher?.close()
      watcher = undefined
      signal.removeEventListener('abort', stop)
    }
    const stop = () => {
      end()
      resolve()
    }
    const safely = () => {
      try {
        look()
      } catch (error) {
        end()
        reject(error)
      }
    }
    const start = () => {
      if (watcher !== undefined || !existsSync(folder)) return
      try {
        watcher = watch(folder, safely)
        watcher.on('error', () => {
          watcher?.close()
          watcher = undefined
        })
      } catch {
        // Out of watches: polling goes on.
      }
    }
    const timer = setInterval(() => {
      start()
      safely()
    }, POLL_MS)
    signal.addEventListener('abort', stop)
    start()
    safely()
  })
}
