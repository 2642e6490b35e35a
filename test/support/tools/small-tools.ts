import * as z from 'zod'
import { createToolHandler } from '../../../electron/gateway/call-tool.ts'
import type { ToolCall } from '../../../electron/gateway/sdk.ts'
import {
  defineRead,
  defineWrite,
  type Integration,
  type PreparedWrite,
} from '../../../electron/integrations/integration.ts'
import type { ApprovalOutcome, Refusal } from '../../../shared/approvals/outcome.ts'
import { DecidingBroker } from './deciding-broker.ts'
import { makeEnvironment } from './environment.ts'
import { fakeWrite } from './prepared-write.ts'
import { toolCall } from './tool-call.ts'

const output = z.object({ done: z.boolean() })
const text = (): string => 'done'

/** How the read ends, and what is decided about the write. */
export type SmallSetting = {
  run?: () => Promise<never>
  outcome?: Promise<ApprovalOutcome>
  refused?: Refusal
  atRelease?: () => Refusal | null
  /** It was done before. */
  earlier?: boolean
}

/** A handler for an integration with one read and one write, and everything that it did. */
export function openSmallTools({ run, outcome, refused, atRelease, earlier = false }: SmallSetting = {}) {
  const did: string[] = []
  const reported: string[] = []
  const read = defineRead<object, object, { done: boolean }>({
    name: 'test_read',
    title: 'Read',
    description: 'Reads.',
    input: z.strictObject({}),
    output,
    text,
    run: run ?? (async () => ({ output: { done: true } })),
  })
  const write = defineWrite<object, { text: string }, { done: boolean }>({
    name: 'test_write',
    title: 'Write',
    description: 'Writes.',
    input: z.strictObject({ text: z.string().min(1).max(5), channel_id: z.string().optional() }),
    output,
    text,
    async prepare(_, { text: given }) {
      did.push('prepare')
      const prepared: PreparedWrite<{ done: boolean }> = {
        ...fakeWrite(given),
        edited: () => Promise.reject(new Error('nobody changes it')),
        earlier: async () => (earlier ? { output: { done: true } } : undefined),
        async send() {
          did.push('send')
          return { result: { output: { done: true } }, duplicate: false }
        },
      }
      return prepared
    },
    asDuplicate: output => output,
  })
  const integration: Integration = {
    id: 'test',
    name: 'Test',
    credentials: [],
    functions: [read, write],
    connect() {
      did.push('connect')
      return {}
    },
    verify: () => Promise.reject(new Error('nobody sets this account')),
    places: () => Promise.reject(new Error('nobody asks where it is')),
    rehearsal: () => ({ service: {}, calls: [] }),
    warmUp: () => Promise.reject(new Error('no network')),
  }
  const broker = new DecidingBroker({
    ...(outcome && { decide: () => outcome }),
    ...(refused && { refused }),
    ...(atRelease && { atRelease }),
  })
  const handler = createToolHandler({
    integrations: [integration],
    broker,
    environment: makeEnvironment(),
    maxResultCharacters: 1_000,
    report: line => reported.push(line),
  })
  const progress: string[] = []
  const call = (name: string, args: Record<string, unknown> = {}, more: Partial<ToolCall> = {}) =>
    handler.call(
      toolCall({
        name: `integration__test__${name}`,
        arguments: args,
        progress: message => progress.push(message),
        ...more,
      }),
    )
  return { handler, broker, call, did, reported, progress }
}
