import { KosmoError } from '../../../shared/errors.ts'
import type { KeychainAnswer } from './keychain-helper.ts'

/** Why the keychain gave no answer. */
export type KeychainFault =
  | Extract<KeychainAnswer, { kind: 'native-missing' | 'changed' | 'failed' }>
  | { kind: 'timeout'; seconds: number }
  /** The helper could not be started, or ended without an answer. */
  | { kind: 'ended' }

type Platform = NodeJS.Platform

/** What a person does where there will be no keychain. */
const OR_A_FILE = 'or keep the account in a file that only you can read, with --store=file.'

/** By words of the native part's messages, which have no codes; first match wins. Tried on gnome-keyring 42. */
const CAUSES: [words: RegExp, sentence: string, remedy: string][] = [
  [
    /autolaunch|failed to connect to socket|unable to determine the address|DBus\.Error\.(NoServer|BadAddress|FileNotFound)/i,
    'there is no D-Bus session here (a container, ssh or a service has none)',
    'Run this in a terminal of your desktop session',
  ],
  [
    /not provided by any \.service|ServiceUnknown|NameHasNoOwner|secret service provider/i,
    'no secret service is running in this session',
    'Install and start one (gnome-keyring, KWallet or KeePassXC)',
  ],
  [
    /prompt (was )?dismissed|object locked|connection closed before prompt|interaction is not allowed|keychain is locked/i,
    'it is locked, and its question for the password was dismissed or could not be shown',
    'Unlock it (a log-in to the desktop does) and try again',
  ],
  [
    /no result found/i,
    'it has no default keyring yet, or that is locked',
    'Log in to the desktop, or make one in "Passwords and Keys" (seahorse)',
  ],
  [
    /denied|cancell?ed|not authori[sz]ed|auth(entication)? failed|passphrase you entered|not permitted/i,
    'it denied access',
    'Try again and allow it when the system asks',
  ],
  [
    /did not receive a reply|no ?reply|timed out|disconnected/i,
    'its service does not answer',
    'Log out and in again',
  ],
  [
    /longer than the platform limit/i,
    'the account is too long for it (about 1,200 characters on Windows)',
    'Give a shorter scope',
  ],
  [
    /logon session does not exist/i,
    'this log-in session has none (a service or a remote shell)',
    'Run this in a session on the desktop',
  ],
]

/** A fault of the keychain as a sentence with its cause and what to do. The native part's own words stay out. */
export function keychainError(fault: KeychainFault, platform: Platform): KosmoError {
  const { cause, remedy } = explain(fault, platform)
  return new KosmoError('not_configured', `The keychain cannot be used: ${cause}. ${remedy}, ${OR_A_FILE}`)
}

function explain(fault: KeychainFault, platform: Platform): { cause: string; remedy: string } {
  switch (fault.kind) {
    case 'timeout':
      return {
        cause: `it did not answer within ${fault.seconds} seconds; it may be locked and ask for its password in a window`,
        remedy: 'Unlock it and try again',
      }
    case 'native-missing':
      return {
        cause: `the native part of @napi-rs/keyring for ${platform} ${process.arch} is missing or does not load`,
        remedy: 'Install the program again, for npm with its optional dependencies',
      }
    case 'ended':
      return {
        cause: 'the program that asks it could not be started or ended without an answer',
        remedy: 'Install the program again',
      }
    case 'changed':
      return { cause: 'it did not keep what it was given', remedy: 'Restart it and try again' }
    case 'failed': {
      const known = CAUSES.find(([words]) => words.test(fault.message))
      if (known !== undefined) return { cause: known[1], remedy: known[2] }
      return {
        cause: 'it failed for a reason that is not known here',
        remedy: 'Look into the log of the system',
      }
    }
  }
}
