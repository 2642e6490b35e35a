import { KosmoError } from '../../../shared/errors.ts'
import { decideRead, decideWrite } from '../../../shared/policy/effective-policy.ts'
import {
  accountSettings,
  readPermission,
  type Settings,
  storedPolicy,
} from '../../../shared/policy/settings.ts'
import type { FolderLimit } from '../../../shared/protocol/hello.ts'
import { currentFolder } from '../../broker/home.ts'
import { parseInput } from '../../gateway/parse-input.ts'
import { fullName } from '../../integrations/find-function.ts'
import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import type { ProviderFacts } from '../integrations/provider-facts.ts'
import type { CallEnd } from './call-end.ts'
import type { FunctionCall, OwnClient } from './open-calls.ts'
import { requestOf } from './request-of.ts'

export type DryRun = {
  client: OwnClient
  settings: Settings
  facts: ProviderFacts
  limit: FolderLimit | undefined
  variables: Record<string, string | undefined>
  /** Whether a broker runs, which then decides. */
  hasBroker: boolean
}

const DECISIONS = {
  ask: 'a person would be asked',
  read: 'it would be sent',
  // What a text does in a channel is looked up there.
  write: 'it would be sent unasked, unless it notifies everybody',
}

/** What would become of a call, as far as that can be told without asking anybody. Nothing is sent. */
export function dryRun(call: FunctionCall, around: DryRun): CallEnd {
  const { integration, definition } = call.function
  try {
    const input = parseInput(definition.input, call.arguments)
    const decided = decide(call, around)
    if (decided.kind === 'blocked') {
      return { kind: 'failed', code: 'blocked', message: decided.why, facts: ['blocked'] }
    }
    const data = {
      would_send: {
        function: fullName(call.function),
        account: call.account,
        server: serverOf(call, around),
        arguments: input as Record<string, unknown>,
      },
      decision: DECISIONS[decided.kind === 'ask' ? 'ask' : call.function.definition.access],
    }
    return { kind: 'done', data, text: textOf(data, integration.name) }
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    return { kind: 'failed', code: error.code, message: error.message, facts: [error.code] }
  }
}

function decide({ function: { integration, definition } }: FunctionCall, around: DryRun) {
  const { client, settings, limit, hasBroker } = around
  if (definition.access === 'read') return decideRead(readPermission(settings, integration.id), limit?.read)
  const workspace = currentFolder()
  const stored = storedPolicy(
    { kind: 'settings', settings },
    { client, workspace, integration: integration.id },
  )
  const inputs = {
    ...stored,
    request: requestOf(settings, client, workspace),
    folder: limit?.write,
    solo: !hasBroker,
  }
  return decideWrite(inputs, { wideMentions: [], grant: undefined })
}

function serverOf(
  { function: { integration }, account }: FunctionCall,
  { settings, facts, variables }: DryRun,
) {
  const field = integration.credentials.find(({ type }) => type === 'url')
  const isEnvironments = account === DEFAULT_ACCOUNT && facts.fromEnvironment
  const url = isEnvironments
    ? variables[field?.variable ?? '']?.trim()
    : accountSettings(settings, integration.id, account)?.url
  if (url === undefined || !URL.canParse(url)) return null
  // Without what else may stand in one, such as a password.
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

function textOf(
  { would_send, decision }: { would_send: Record<string, unknown>; decision: string },
  name: string,
) {
  return [
    `Dry run: nothing was sent to ${name}.`,
    ...Object.entries(would_send).map(
      ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    `decision: ${decision}`,
  ].join('\n')
}
