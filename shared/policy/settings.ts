import * as z from 'zod'
import type { PolicyInputs } from './effective-policy.ts'
import { strictest } from './effective-policy.ts'
import { WRITE_POLICIES, type WritePolicy } from './write-policy.ts'

/*
 * What a person set, as it stands in settings.json. Every word and key that is not known is an error: a setting that
 * is misspelt and passed over would be one that somebody believes in.
 */

const policy = z.enum(WRITE_POLICIES)

const account = z.strictObject({
  store: z.enum(['keychain', 'file']),
  url: z.string().min(1),
  user: z.string().optional(),
  changedAt: z.string(),
})

/** A stored permission takes away and never gives, so one that nobody set is `allow`. */
const integration = z.strictObject({
  enabled: z.boolean().default(true),
  read: z.enum(['allow', 'deny']).default('allow'),
  write: policy.default('allow'),
  accounts: z.record(z.string().min(1), account).default({}),
})

const override = z.strictObject({ client: z.string().min(1), workspace: z.string().min(1), policy })

export const settingsSchema = z.strictObject({
  version: z.literal(1).default(1),
  ceiling: policy.default('ask'),
  overrides: z.array(override).default([]),
  integrations: z.record(z.string().min(1), integration).default({}),
  /** How long a call waits for a person, instead of what is known of the client. */
  waitSeconds: z.int().min(5).max(3600).optional(),
  /** Whether the audit keeps the texts of posts. */
  auditText: z.boolean().default(false),
})

export type Settings = z.infer<typeof settingsSchema>
export type PolicyOverride = z.infer<typeof override>
export type IntegrationSettings = z.infer<typeof integration>
export type AccountSettings = z.infer<typeof account>

/** The settings as a file gave them. `why` is a sentence with the file and the place in it. */
export type ReadSettings = { kind: 'settings'; settings: Settings } | { kind: 'broken'; why: string }

/** Who asks for what, as far as settings tell them apart. */
export type SettingsSubject = { client: string; workspace: string; integration: string }

/** What holds where nobody set anything. */
export function defaultSettings(): Settings {
  return settingsSchema.parse({})
}

/** What the person set for a client in a workspace; the strictest where a file says it twice. */
export function overrideFor(settings: Settings, client: string, workspace: string): WritePolicy | undefined {
  const [first, ...more] = settings.overrides.filter(isFor(client, workspace)).map(each => each.policy)
  return first === undefined ? undefined : strictest(first, ...more)
}

/** The settings with the override of a client in a workspace put in place of any before it. */
export function withOverride(settings: Settings, added: PolicyOverride): Settings {
  const { overrides } = withoutOverride(settings, added.client, added.workspace)
  return { ...settings, overrides: [...overrides, added] }
}

/** The settings without an override for a client in a workspace. */
export function withoutOverride(settings: Settings, client: string, workspace: string): Settings {
  const isThis = isFor(client, workspace)
  return { ...settings, overrides: settings.overrides.filter(each => !isThis(each)) }
}

/** The settings with another ceiling. */
export function withCeiling(settings: Settings, ceiling: WritePolicy): Settings {
  return { ...settings, ceiling }
}

/** What is stored for an integration; undefined where nothing is. */
export function integrationSettings(settings: Settings, id: string): IntegrationSettings | undefined {
  // `constructor` is a name that every object seems to have.
  return Object.hasOwn(settings.integrations, id) ? settings.integrations[id] : undefined
}

/** The settings with some of an integration's changed, the rest as it was. */
export function withIntegration(
  settings: Settings,
  id: string,
  changes: Partial<IntegrationSettings>,
): Settings {
  const before = integrationSettings(settings, id) ?? integration.parse({})
  return { ...settings, integrations: { ...settings.integrations, [id]: { ...before, ...changes } } }
}

/** What is stored about an account; undefined where it is not known. */
export function accountSettings(settings: Settings, id: string, alias: string): AccountSettings | undefined {
  const accounts = integrationSettings(settings, id)?.accounts ?? {}
  return Object.hasOwn(accounts, alias) ? accounts[alias] : undefined
}

/** The settings with an account put in place of any of that alias. */
export function withAccount(settings: Settings, id: string, alias: string, added: AccountSettings): Settings {
  const accounts = integrationSettings(settings, id)?.accounts ?? {}
  return withIntegration(settings, id, { accounts: { ...accounts, [alias]: added } })
}

/** The settings without an account. */
export function withoutAccount(settings: Settings, id: string, alias: string): Settings {
  const stored = integrationSettings(settings, id)
  if (stored === undefined) return settings
  const accounts = Object.fromEntries(Object.entries(stored.accounts).filter(([name]) => name !== alias))
  return withIntegration(settings, id, { accounts })
}

/** The stored permission to read an integration; one that is switched off may not be read either. */
export function readPermission(settings: Settings, id: string): 'allow' | 'deny' | undefined {
  const stored = integrationSettings(settings, id)
  return stored?.enabled === false ? 'deny' : stored?.read
}

/** The stored permission to write to an integration; one that is switched off may not be written to either. */
export function writePermission(settings: Settings, id: string): WritePolicy | undefined {
  const stored = integrationSettings(settings, id)
  return stored?.enabled === false ? 'deny' : stored?.write
}

/** What the settings say on a write; settings that cannot be read refuse every write, with their reason. */
export function storedPolicy(
  read: ReadSettings,
  { client, workspace, integration: id }: SettingsSubject,
): Pick<PolicyInputs, 'ceiling' | 'override' | 'permission' | 'unreadable'> {
  if (read.kind === 'broken') {
    return { ceiling: 'deny', override: undefined, permission: undefined, unreadable: read.why }
  }
  const { settings } = read
  return {
    ceiling: settings.ceiling,
    override: overrideFor(settings, client, workspace),
    permission: writePermission(settings, id),
    unreadable: undefined,
  }
}

function isFor(client: string, workspace: string): (each: PolicyOverride) => boolean {
  return each => each.client === client && each.workspace === workspace
}
