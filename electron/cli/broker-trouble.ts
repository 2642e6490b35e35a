import { assertNever } from '../../shared/assert-never.ts'
import { errorLine, KosmoError } from '../../shared/errors.ts'

/** Why a call got no answer from the broker. Only `lost` calls were ever sent. */
export type BrokerTrouble =
  | { kind: 'lost'; write: boolean }
  | { kind: 'away' }
  | { kind: 'silent'; seconds: number }
  /** Connecting failed in a way that does not say that nobody is there. */
  | { kind: 'fault'; code: string }
  /** What answers there is no broker of ours. */
  | { kind: 'garbage' }
  | { kind: 'other-protocol' }
  | { kind: 'refused'; message: string }
  /** It cannot be written anew so that a gateway would read it: `1e20` many times, or brackets in brackets. */
  | { kind: 'too-long' }

const START = 'start it again (`kosmo broker` or the KosmoKrator app)'
const NOTHING_DONE = 'Nothing was sent for this call.'

/** The result that a call gets for it: `ERROR: <sentences> [<code>]`. */
export function troubleResult(trouble: BrokerTrouble) {
  const code = trouble.kind === 'too-long' ? 'invalid_input' : 'unreachable'
  const text = errorLine(new KosmoError(code, sentences(trouble)))
  return { content: [{ type: 'text', text }], isError: true }
}

function sentences(trouble: BrokerTrouble): string {
  switch (trouble.kind) {
    case 'lost':
      return trouble.write
        ? `The connection to the KosmoKrator broker was lost while this call was open. What was waiting for a person is not sent later, but a post that was already being sent may have arrived: look into the channel before you post it again. If further calls fail too, a person has to ${START}.`
        : `The connection to the KosmoKrator broker was lost while this call was open. Call again; if that fails too, a person has to ${START}.`
    case 'away':
      return `The KosmoKrator broker that decided here is not running any more, and nothing goes past it. ${NOTHING_DONE} A person has to ${START}; then call again.`
    case 'silent':
      return `The KosmoKrator broker did not answer within ${trouble.seconds} seconds. ${NOTHING_DONE} Call again; if that does not help, a person ends the broker and can then ${START}.`
    case 'fault':
      return `A KosmoKrator broker may be running, but connecting to it failed (${trouble.code}), and nothing goes past it. ${NOTHING_DONE} A person has to look at run/broker.sock in the KosmoKrator folder: who owns it, and who may use it.`
    case 'garbage':
      return `What answers in the place of the KosmoKrator broker does not speak as it does. ${NOTHING_DONE} A person has to end it and ${START}; then call again.`
    case 'other-protocol':
      return `The KosmoKrator broker that is running is of another version than this program. ${NOTHING_DONE} A person has to restart the KosmoKrator app and this client.`
    case 'refused':
      return trouble.message
    case 'too-long':
      return `The arguments are too long or nested too deeply: written out they may take 5 MB. ${NOTHING_DONE} Send less.`
    default:
      return assertNever(trouble)
  }
}
