import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AsyncEntry } from '@napi-rs/keyring'

/*
 * A program of its own for one question to the keychain, which it gets and answers over its ipc channel.
 *
 * Not in the broker's process, because the native part cannot be stopped: to make an entry blocks the whole process
 * while the bus hangs, an `AbortSignal` has no say in what has begun, and a process does not end before its last
 * question is answered, which for a locked keychain is when a person comes. This one is killed instead.
 */

export type KeychainRequest = { service: string; user: string } & (
  | { kind: 'get' }
  | { kind: 'set'; value: string }
  | { kind: 'remove' }
)

export type KeychainAnswer =
  | { kind: 'value'; value: string | undefined }
  | { kind: 'removed'; existed: boolean }
  | { kind: 'stored' }
  | { kind: 'native-missing' }
  /** It took the value and then held something else. */
  | { kind: 'changed' }
  /** `message`: the native part's own, for telling causes apart and never for showing. */
  | { kind: 'failed'; message: string }

/** Without a store named, Linux falls back to the kernel's keyring, which is empty after the next start. */
const OPTIONS = { linux: { store: 'secret-service' } } as const

async function answer(request: KeychainRequest): Promise<KeychainAnswer> {
  let native: { AsyncEntry: typeof AsyncEntry }
  try {
    native = createRequire(import.meta.url)('@napi-rs/keyring')
  } catch {
    return { kind: 'native-missing' }
  }
  try {
    const entry = new native.AsyncEntry(request.service, request.user, OPTIONS)
    switch (request.kind) {
      case 'get':
        return { kind: 'value', value: (await entry.getPassword()) ?? undefined }
      case 'remove':
        return { kind: 'removed', existed: await entry.deleteCredential() }
      case 'set':
        await entry.setPassword(request.value)
        return { kind: (await entry.getPassword()) === request.value ? 'stored' : 'changed' }
    }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : '' }
  }
}

// Ctrl-C in a terminal reaches us too, and whoever asked decides what it means.
process.on('SIGINT', () => undefined)
// Nobody left to answer; `exit` would wait for the keychain.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.once('message', async request => {
  // What was sent by the other half of this file is not checked again.
  process.send?.(await answer(request as KeychainRequest))
  // The one who asked ends us.
  await sleep(5_000)
  process.disconnect()
})
