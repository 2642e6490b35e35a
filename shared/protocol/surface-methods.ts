import * as z from 'zod'
import { answeredSchema, answerSchema, approvalSchema } from '../approvals/approval.ts'
import { queueWindowSchema } from '../approvals/queue-window.ts'
import { grantSchema } from '../policy/grant.ts'
import { heldBackSchema } from '../policy/held-back.ts'
import { WRITE_POLICIES } from '../policy/write-policy.ts'
import { accountMethods } from './account-methods.ts'
import { activityMethods } from './activity-methods.ts'
import { defineMethods, type Handlers, type Remote } from './method-table.ts'
import { SURFACES, type Surface } from './surfaces.ts'

const id = z.string().min(1).max(64)
const name = z.string().max(200)
const policy = z.enum(WRITE_POLICIES)
const nothing = z.strictObject({})

const overrideSchema = z.strictObject({ client: name, workspace: z.string().max(4_096), policy })

const clientSchema = z.strictObject({
  session: id,
  client: name,
  version: name,
  workspace: z.string(),
  account: name,
  pid: z.int(),
  parent: z.int(),
  connectedAt: z.number(),
  calls: z.int(),
  request: policy,
  override: policy.nullable(),
  /** What holds for a write of this client now. */
  effective: policy,
  pending: z.int(),
})

export type ClientView = z.infer<typeof clientSchema>

/** How a request stands; `how` in words, e.g. `denied by person (terminal)`. */
const decisionViewSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pending') }),
  z.strictObject({ kind: z.literal('decided'), how: z.string() }),
  z.strictObject({ kind: z.literal('unknown') }),
])

/** What a person's surfaces ask of the broker. */
export const surfaceMethods = defineMethods({
  status: {
    params: nothing,
    result: z.strictObject({
      version: name,
      pid: z.int(),
      home: z.string(),
      startedAt: z.number(),
      ceiling: policy,
      clients: z.int(),
      pending: z.int(),
      /** Surfaces that show requests at this moment. */
      surfaces: z.array(name),
      /** Whatever is wrong, a sentence each. */
      problems: z.array(z.string()),
    }),
  },
  /**
   * What waits, oldest first, as many as go into one message: with `after` those that came after that one; with `session`
   * those of that client; with `id` that one. None at the end.
   */
  listApprovals: {
    params: z.strictObject({ after: id.optional(), session: id.optional(), id: id.optional() }),
    result: z.array(approvalSchema),
  },
  /** From now on this surface shows requests as they come: `approvalsChanged` is called on it. */
  watchApprovals: { params: nothing, result: queueWindowSchema },
  /** These were on the screen, whole. */
  reportShown: { params: z.strictObject({ ids: z.array(id).max(1_000) }), result: z.null() },
  answer: { params: z.strictObject({ id, answer: answerSchema }), result: answeredSchema },
  /** What became of a request that is on the screen no more. */
  decision: { params: z.strictObject({ id }), result: decisionViewSchema },
  /** Gives a request another while; the time that it ends at. */
  extend: { params: z.strictObject({ id }), result: z.number().nullable() },
  policy: {
    params: nothing,
    result: z.strictObject({
      ceiling: policy,
      overrides: z.array(overrideSchema),
      /** What holds an Allow back besides. */
      heldBack: z.array(heldBackSchema).default([]),
    }),
  },
  setCeiling: { params: z.strictObject({ policy }), result: z.null() },
  /** `policy: null` takes the override away. */
  setOverride: {
    params: z.strictObject({ client: name, workspace: z.string().max(4_096), policy: policy.nullable() }),
    result: z.null(),
  },
  clients: { params: nothing, result: z.array(clientSchema) },
  grants: { params: nothing, result: z.array(grantSchema) },
  /** Without an id: all. The number of those that are gone. */
  revokeGrants: { params: z.strictObject({ id: id.optional() }), result: z.int() },
  /** An account or a permission was changed by the one who calls. */
  integrationChanged: { params: z.strictObject({ integration: name }), result: z.null() },
  ...accountMethods,
  ...activityMethods,
  stop: { params: nothing, result: z.null() },
})

/** What the broker tells a surface. */
export const surfaceEvents = defineMethods({
  /** The oldest of what waits, each whole, and how many wait besides: those come up as these are answered. */
  approvalsChanged: { params: queueWindowSchema, result: z.null() },
})

export type SurfaceMethod = keyof typeof surfaceMethods
export type SurfaceHandlers = Handlers<typeof surfaceMethods>
export type BrokerRemote = Remote<typeof surfaceMethods>
export type SurfaceRemote = Remote<typeof surfaceEvents>

/** Who may call what. What is not named here may not: the settings window cannot decide on a request. */
const CALLERS: Record<SurfaceMethod, readonly Surface[]> = {
  status: SURFACES,
  listApprovals: SURFACES,
  watchApprovals: ['terminal', 'approval-window', 'tray'],
  reportShown: ['terminal', 'approval-window', 'notification'],
  answer: ['terminal', 'approval-window', 'notification'],
  decision: ['terminal', 'approval-window', 'notification'],
  extend: ['terminal', 'approval-window'],
  policy: SURFACES,
  setCeiling: ['terminal', 'settings-window', 'tray'],
  setOverride: ['terminal', 'settings-window', 'tray'],
  clients: SURFACES,
  grants: ['terminal', 'settings-window'],
  revokeGrants: ['terminal', 'settings-window'],
  integrationChanged: ['terminal', 'settings-window'],
  integrations: ['settings-window'],
  accountValues: ['settings-window'],
  checkAccount: ['settings-window'],
  saveAccount: ['settings-window'],
  removeAccount: ['settings-window'],
  placesOf: ['settings-window'],
  setPermission: ['terminal', 'settings-window', 'tray'],
  preferences: ['settings-window'],
  setPreferences: ['settings-window'],
  activity: ['settings-window', 'tray'],
  verifyActivity: ['settings-window'],
  verifyProgress: ['settings-window'],
  stop: ['terminal', 'tray'],
}

/**
 * Methods by which something can be posted that could not be before: only from where a person sits. Setting a policy is
 * not among them: whoever wants may make it stricter. The broker looks at which way it goes.
 */
const NEEDS_A_PERSON: readonly SurfaceMethod[] = [
  'reportShown',
  'answer',
  'extend',
  'saveAccount',
  'setPreferences',
]

export const NO_PERSON =
  'This needs a real terminal with a person at it: not a pipe, and not the shell of an agent.'

/** Why a surface may not call a method; undefined where it may. */
export function refuseCall(
  surface: Surface,
  interactive: boolean,
  method: SurfaceMethod,
): string | undefined {
  if (!CALLERS[method].includes(surface)) return `${method} cannot be called from here (${surface}).`
  if (!interactive && NEEDS_A_PERSON.includes(method)) {
    return NO_PERSON
  }
  return undefined
}
