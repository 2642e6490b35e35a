import * as z from 'zod'
import { WRITE_POLICIES } from '../policy/write-policy.ts'
import { defineMethods } from './method-table.ts'

/*
 * Accounts and what is stored for an integration, as the settings window shows and changes them. A secret goes in and
 * never comes out: no result here has a field for one.
 */

const name = z.string().max(200)
const line = z.string().max(2_000)
/** Values of an account by the key of their field. */
const values = z.record(z.string().max(64), z.string().max(8_192))
const account = z.strictObject({ integration: name, account: name })

const fieldSchema = z.strictObject({
  key: name,
  label: name,
  type: z.enum(['secret', 'url', 'text', 'file']),
  required: z.boolean(),
  description: line,
})

const accountSchema = z.strictObject({
  alias: name,
  store: z.enum(['keychain', 'file']),
  url: line,
  user: name.nullable(),
  /** ISO, UTC. */
  changedAt: z.string(),
})

const integrationSchema = z.strictObject({
  id: name,
  name,
  fields: z.array(fieldSchema),
  enabled: z.boolean(),
  read: z.enum(['allow', 'deny']),
  write: z.enum(WRITE_POLICIES),
  accounts: z.array(accountSchema),
})

/** Whose account it is, by the server's word. */
const personSchema = z.strictObject({
  server: line,
  /** `@ada`. */
  user: name,
  /** The name that people go by, e.g. `Ada Lovelace`; none where the server has none. */
  name: name.nullable(),
  /** A picture as a `data:` URL of at most 256 kB; none where there is none or it is no picture. */
  avatar: z.string().max(400_000).nullable(),
  teams: z.array(name),
  warnings: z.array(line),
})

const placeSchema = z.strictObject({
  /** Name in links, e.g. `eng`, and what people call it. */
  team: name,
  title: name,
  channels: z.array(z.strictObject({ channel: name, title: name, kind: z.enum(['public', 'private']) })),
})

export type IntegrationView = z.infer<typeof integrationSchema>
export type AccountView = z.infer<typeof accountSchema>
export type PersonView = z.infer<typeof personSchema>
export type PlaceView = z.infer<typeof placeSchema>
export type AccountField = z.infer<typeof fieldSchema>

export const accountMethods = defineMethods({
  integrations: { params: z.strictObject({}), result: z.array(integrationSchema) },
  /** The values that are no secrets, by field, and which secrets are set. */
  accountValues: { params: account, result: z.strictObject({ values, secrets: z.array(name) }) },
  /**
   * Asks the server, and stores nothing. What `values` lacks is taken from the stored account; a stored token is sent
   * to no other server than its own.
   */
  checkAccount: { params: account.extend({ values }), result: personSchema },
  /** Checks, then stores: all of it or nothing. `unset`: fields that go. */
  saveAccount: {
    params: account.extend({
      values,
      unset: z.array(name).max(20),
      /** Where it is kept; null: where it was, the keychain for a new one. */
      store: z.enum(['keychain', 'file']).nullable(),
    }),
    result: z.strictObject({ person: personSchema.nullable(), warnings: z.array(line) }),
  },
  removeAccount: { params: account, result: z.strictObject({ removed: z.boolean() }) },
  /** Teams and channels that the account is in, limited or not: what its scope can be chosen from. */
  placesOf: { params: account, result: z.array(placeSchema) },
  setPermission: {
    params: z.strictObject({
      integration: name,
      enabled: z.boolean().optional(),
      read: z.enum(['allow', 'deny']).optional(),
      write: z.enum(WRITE_POLICIES).optional(),
    }),
    result: z.null(),
  },
})
