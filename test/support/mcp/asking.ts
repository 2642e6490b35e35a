import { type RawClient, startReady } from './raw-client.ts'
import { type RpcLine, resultText } from './rpc-line.ts'
import type { Town } from './town.ts'

/** A client that can show forms, on a town, under `ask`. */
export function startAsking(town: Town, write: 'ask' | 'allow' = 'ask'): Promise<RawClient> {
  return startReady({ account: town.account, write, capabilities: { elicitation: { form: {} } } })
}

/** A post that waits for its form: what was shown, and ways to go on. */
export type OpenForm = {
  form: RpcLine
  /** Answers the form with a result. */
  answer(result: unknown): void
  /** The text of the call's result. */
  outcome: Promise<string>
}

/** Sends `create_post` and waits for the form. */
export async function openForm(client: RawClient, message = 'Release 1.2 is out', id = client.newId()) {
  const from = client.received.length
  client.sendCall('create_post', { channel_id: '~town-square', message }, id)
  const form = await client.fromServer('elicitation/create', from)
  const outcome = client.reply(id, from).then(resultText)
  outcome.catch(() => undefined)
  const answer = (result: unknown): void => client.send({ jsonrpc: '2.0', id: form.id, result })
  return { form, answer, outcome } satisfies OpenForm
}

/** Longer than anybody takes for an answer of a machine. */
export function asSlowAsAPerson(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 200))
}
