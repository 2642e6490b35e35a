import { spawn } from 'node:child_process'
import { assertNever } from '../../../shared/assert-never.ts'
import { hasRoomForFiles } from '../file-room.ts'
import type { AccountStore } from './account-store.ts'
import { keychainEnvironment } from './keychain-environment.ts'
import { type KeychainFault, keychainError } from './keychain-fault.ts'
import type { KeychainAnswer, KeychainRequest } from './keychain-helper.ts'

/** How the program `keychain-helper.ts` is started, on plain Node. */
export type KeychainHelper = { command: string; args: string[] }

export type KeychainOptions = {
  variables: Record<string, string | undefined>
  helper: KeychainHelper
  timeoutMs?: number
}

/** What people see in their keychain. */
const SERVICE = 'KosmoKrator desktop'

/** Long enough to type the password of a locked keychain; a client waits longer for its first call. */
const TIMEOUT_MS = 15_000

/** A channel with both ends, one to hear of a failure by, and some that others open meanwhile. */
const FILES_TO_ASK = 12

type Question = { kind: 'get' } | { kind: 'set'; value: string } | { kind: 'remove' }

/** The keychain of the system: Keychain on macOS, Credential Manager on Windows, a secret service on Linux. */
export function openKeychainStore(options: KeychainOptions): AccountStore {
  const ask = async (key: string, question: Question) => {
    const answer = await askHelper({ service: SERVICE, user: key, ...question }, options)
    switch (answer.kind) {
      case 'value':
      case 'removed':
      case 'stored':
        return answer
      case 'native-missing':
      case 'changed':
      case 'failed':
      case 'timeout':
      case 'ended':
        throw keychainError(answer, process.platform)
      default:
        return assertNever(answer)
    }
  }
  return {
    async get(key) {
      const answer = await ask(key, { kind: 'get' })
      return answer.kind === 'value' ? answer.value : undefined
    },
    async set(key, value) {
      await ask(key, { kind: 'set', value })
    },
    async remove(key) {
      const answer = await ask(key, { kind: 'remove' })
      return answer.kind === 'removed' && answer.existed
    },
  }
}

function askHelper(
  request: KeychainRequest,
  { variables, helper, timeoutMs = TIMEOUT_MS }: KeychainOptions,
): Promise<KeychainAnswer | KeychainFault> {
  if (!hasRoomForFiles(FILES_TO_ASK)) return Promise.resolve({ kind: 'ended' })
  return new Promise(resolve => {
    const child = spawn(helper.command, helper.args, {
      env: keychainEnvironment(variables, process.getuid?.()),
      // Its warnings are for nobody, and the value goes over the channel alone.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      windowsHide: true,
    })
    const end = (answer: KeychainAnswer | KeychainFault) => {
      clearTimeout(timer)
      child.removeAllListeners('exit')
      // A question that hangs is taken back by this: the keychain closes its window.
      child.kill('SIGKILL')
      resolve(answer)
    }
    const timer = setTimeout(() => end({ kind: 'timeout', seconds: timeoutMs / 1000 }), timeoutMs)
    child.on('message', answer => end(answer as KeychainAnswer))
    child.on('error', () => end({ kind: 'ended' }))
    child.on('exit', () => end({ kind: 'ended' }))
    child.send(request, error => {
      if (error !== null) end({ kind: 'ended' })
    })
  })
}
