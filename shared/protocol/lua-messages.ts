import * as z from 'zod'

/*
 * Between `kosmo integrations:lua` and the process that runs the script: a line of JSON each. Nothing that the sandbox
 * sends is believed; a script that broke out of Lua could say what it likes, and nothing but this.
 */

const text = z.string()

/** To the sandbox. */
export const toSandbox = z.discriminatedUnion('kind', [
  /** Once, first. `memoryLimit`: bytes that Lua may use. */
  z.strictObject({ kind: z.literal('start'), memoryLimit: z.int().positive() }),
  /** Runs code in the state that earlier code left. `name` stands before the lines in messages. */
  z.strictObject({ kind: z.literal('run'), code: text, name: text }),
  /** The answer to `call` or `docs`. */
  z.strictObject({ kind: z.literal('value'), value: z.unknown() }),
  z.strictObject({ kind: z.literal('failure'), message: text }),
])

/** From the sandbox. */
export const fromSandbox = z.discriminatedUnion('kind', [
  /** The code begins to run: from here on its time is counted. */
  z.strictObject({ kind: z.literal('running') }),
  /** What was printed. Nobody answers. */
  z.strictObject({ kind: z.literal('output'), text }),
  /** Calls a function: `app.integrations.mattermost.list_channels` is the path without `app`. */
  z.strictObject({
    kind: z.literal('call'),
    path: z.array(text.max(200)).max(20),
    arguments: z.record(text, z.unknown()),
  }),
  z.strictObject({
    kind: z.literal('docs'),
    page: z.enum(['list', 'search', 'read']),
    about: text.max(1_000),
  }),
  /** The code has ended. */
  z.strictObject({
    kind: z.literal('done'),
    /** `malformed`: it is no Lua and nothing was run; `unfinished`: it would be, if it went on. */
    how: z.enum(['returned', 'failed', 'malformed', 'unfinished']),
    /** What it returned; null where it did not. */
    result: z.array(z.unknown()).nullable(),
    error: text.nullable(),
    /** Bytes that Lua uses. */
    memory: z.int().nonnegative(),
  }),
])

export type ToSandbox = z.infer<typeof toSandbox>
export type FromSandbox = z.infer<typeof fromSandbox>
