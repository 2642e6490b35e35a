import * as z from 'zod'
import { MAX_TEXT } from '../approvals/approval.ts'
import { outcomeSchema, refusalSchema } from '../approvals/outcome.ts'
import { writeSubjectSchema } from '../approvals/write-subject.ts'
import { ERROR_CODES } from '../errors.ts'
import { WRITE_POLICIES } from '../policy/write-policy.ts'
import { serveOptionsSchema } from './hello.ts'
import { defineMethods, type Handlers } from './method-table.ts'

/*
 * What a gateway and the one who holds policy, approvals and accounts say to each other. In solo both are in one
 * process and call each other directly; else it goes over the gateway's private ipc channel.
 */

const id = z.string().min(1).max(64)
const name = z.string().max(200)
const values = z.record(name, z.string().max(8_192))

/** What exactly is to be sent: an approval holds for this and nothing else. */
const contentSchema = z.strictObject({
  /** Host of the server, with its path where it has one. */
  server: z.string().max(500),
  /** Id of the channel, `@<person id>` where there is no direct channel yet. */
  channel: name,
  root: name.optional(),
  text: z.string().max(MAX_TEXT),
})

export type WriteContent = z.infer<typeof contentSchema>

/** What became of a question. `permit` lets exactly what was approved be sent, once. */
const decidedSchema = z.union([
  z.strictObject({ kind: z.literal('permitted'), permit: id, text: z.string().max(MAX_TEXT).optional() }),
  z.strictObject({ kind: z.literal('refused'), outcome: refusalSchema }),
])

export type Decided = z.infer<typeof decidedSchema>

const call = { integration: name, function: name }

const endedCallSchema = z.strictObject({
  ...call,
  target: z.string().max(500).optional(),
  /** `ok`, or the code of what went wrong. */
  outcome: name,
  ms: z.number(),
  /** Of the result that the model gets. */
  characters: z.int(),
})

export type EndedCall = z.infer<typeof endedCallSchema>

/** Told to the broker at once. */
export const MOST_RECORDS = 64

/** What a gateway asks of the broker. */
export const brokerMethods = defineMethods({
  /** The account's values. Asked for once, and again after `accountChanged`. */
  account: {
    params: z.strictObject({ integration: name }),
    result: z.discriminatedUnion('kind', [
      /** `variables`: how its server is reached. */
      z.strictObject({ kind: z.literal('account'), credentials: values, variables: values }),
      /** There is none but what these variables name. */
      z.strictObject({ kind: z.literal('environment'), variables: values }),
      /** Nobody may read either. */
      z.strictObject({ kind: z.literal('blocked'), outcome: refusalSchema }),
      z.strictObject({ kind: z.literal('refused'), code: z.enum(ERROR_CODES), message: z.string() }),
    ]),
  },
  /** Decides on a write before anything about it has been looked up; null = go on. */
  mayWrite: { params: z.strictObject(call), result: refusalSchema.nullable() },
  /** Decides on a write by policy and grants. */
  decideWrite: {
    params: z.strictObject({
      ...call,
      content: contentSchema,
      wideMentions: z.array(name).max(10),
    }),
    result: z.union([z.strictObject({ kind: z.literal('ask') }), decidedSchema]),
  },
  /** Asks a person and waits. `form`: nobody else can be reached, the client's own form has to do. */
  askPerson: {
    params: z.strictObject({
      ...call,
      /** The gateway's own id of this question, for `withdraw`. */
      ask: id,
      subject: writeSubjectSchema,
      canShowForm: z.boolean(),
    }),
    /** `form`: for so long at most. */
    result: z.union([z.strictObject({ kind: z.literal('form'), waitMs: z.int().positive() }), decidedSchema]),
  },
  /** What the client's form said. It loses against whoever answered before. */
  answerForm: {
    params: z.strictObject({ ask: id, outcome: outcomeSchema }),
    result: decidedSchema,
  },
  /** Nobody waits for this question any more. */
  withdraw: { params: z.strictObject({ ask: id }), result: z.null() },
  /** The last look before a write cannot be taken back; null = send it now. A permit is good for one time. */
  release: {
    params: z.strictObject({ permit: id, content: contentSchema }),
    result: refusalSchema.nullable(),
  },
  /** Calls have ended: go into the audit, in this order. */
  record: { params: z.strictObject({ calls: z.array(endedCallSchema).max(MOST_RECORDS) }), result: z.null() },
})

/** What the broker asks of a gateway. */
export const gatewayMethods = defineMethods({
  /** Answers once there is somebody to answer. */
  loaded: { params: z.strictObject({}), result: z.null() },
  /** The client of this gateway, once. */
  begin: { params: z.strictObject({ options: serveOptionsSchema }), result: z.null() },
  /** Whether a text that a person changed can be sent in the place of the one that was asked about. */
  checkEdit: {
    params: z.strictObject({ ask: id, text: z.string().max(MAX_TEXT) }),
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('sendable') }),
      z.strictObject({ kind: z.literal('invalid'), why: z.string() }),
    ]),
  },
  /** Somebody else has answered: the client's form goes away. */
  withdrawForm: { params: z.strictObject({ ask: id }), result: z.null() },
  /** Asked for anew by the next call. */
  accountChanged: { params: z.strictObject({ integration: name }), result: z.null() },
  /** What is listed has changed. */
  writeChanged: { params: z.strictObject({ write: z.enum(WRITE_POLICIES) }), result: z.null() },
})

export type BrokerMethods = Handlers<typeof brokerMethods>
export type GatewayMethods = Handlers<typeof gatewayMethods>
