import * as z from 'zod'
import { WRITE_POLICIES } from '../policy/write-policy.ts'
import { readerSchema } from '../results/reader.ts'

/*
 * The first line in each direction on the broker's socket. What follows is MCP, a line a message, for a client; calls
 * of the method table for everybody else.
 *
 * A client's lines are at most 5 MB towards the broker and 16 MB back. Two notifications among them are not MCP's:
 * `kosmo/endOfInput` (the client will send nothing more; named pipes have no half-close) and, back, `kosmo/write` with
 * the policy that tools and instructions speak of from now on. Bridges ignore others whose names begin with `kosmo/`.
 */

const name = z.string().max(200)
const path = z.string().max(4_096)
const pid = z.int().nonnegative()

/** What files in the client's folder take away from an integration; they can give nothing. */
const folderLimit = z.strictObject({
  read: z.literal('deny').optional(),
  write: z.enum(WRITE_POLICIES).optional(),
})

export type FolderLimit = z.infer<typeof folderLimit>

/** What `kosmo mcp:serve` was started with. */
export const serveOptionsSchema = z.strictObject({
  /** Ids of known integrations, each once. */
  integrations: z.array(name).max(50),
  write: z.enum(WRITE_POLICIES),
  account: name,
  maxResultCharacters: z.int().positive(),
  /** The name that the server gives itself. */
  name,
  /** By id of an integration. */
  limits: z.record(name, folderLimit).optional(),
  /** Who reads the results: a model where nothing is said, which has little room. A program gets them whole. */
  reader: readerSchema.optional(),
})

/** `kosmo mcp:serve`, in the place of the client that started it. All of this is what it says of itself. */
const clientHello = z.strictObject({
  kosmo: z.literal('hello'),
  protocol: z.int(),
  version: name,
  as: z.literal('client'),
  pid,
  /** The process that started it: the client itself, or its shell. */
  parent: pid,
  /** The folder in which the client works; empty where it is gone. */
  workspace: path,
  options: serveOptionsSchema,
  /** What the client said in its handshake. */
  client: z.strictObject({ name, version: name, form: z.boolean() }),
  /** The account of the environment, where it names one whole; never a part of one. */
  variables: z.record(name, z.string().max(8_192)).optional(),
})

const terminalHello = z.strictObject({
  kosmo: z.literal('hello'),
  protocol: z.int(),
  version: name,
  as: z.literal('terminal'),
  pid,
  /** Somebody sits at a real terminal: without it nothing can be decided. */
  interactive: z.boolean(),
})

export type ServeOptions = z.infer<typeof serveOptionsSchema>

export const helloSchema = z.discriminatedUnion('as', [clientHello, terminalHello])

export type ClientHello = z.infer<typeof clientHello>
export type TerminalHello = z.infer<typeof terminalHello>
export type Hello = ClientHello | TerminalHello

/** The little that is read of a hello of another protocol: its version is told in the refusal. */
export const anyHelloSchema = z.looseObject({
  kosmo: z.literal('hello'),
  protocol: z.int(),
  version: name.optional(),
})

export const welcomeSchema = z.discriminatedUnion('kosmo', [
  z.strictObject({
    kosmo: z.literal('welcome'),
    protocol: z.int(),
    version: name,
    /** Of the broker. */
    pid,
    /** For a client: what tools and instructions speak of. The broker decides at each call. */
    write: z.enum(WRITE_POLICIES),
  }),
  z.strictObject({
    kosmo: z.literal('refused'),
    code: z.enum(['version_mismatch', 'bad_hello', 'busy', 'internal']),
    /** One sentence for a person: what is wrong and what to do. */
    message: z.string().max(1_000),
  }),
])

export type Welcome = z.infer<typeof welcomeSchema>
