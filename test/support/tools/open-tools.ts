import { createToolHandler } from '../../../electron/gateway/call-tool.ts'
import type { FormSurface } from '../../../electron/gateway/form-surface.ts'
import type { ToolResult } from '../../../electron/gateway/sdk.ts'
import { catalogue } from '../../../electron/integrations/catalogue.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { DEFAULT_RESULT_CHARACTERS } from '../../../shared/results/limits.ts'
import { makeEnvironment } from './environment.ts'
import { SessionWorld } from './session-world.ts'
import { toolCall } from './tool-call.ts'

export type OpenToolsOptions = {
  url: string
  token: string
  /** Default `allow`: the policy is the subject of other tests. */
  write?: WritePolicy
  form?: FormSurface
  maxResultCharacters?: number
  /** Milliseconds since 1970. */
  now?: () => number
  variables?: Record<string, string>
}

export type Tools = {
  /** Calls a tool by the name of its function, such as `list_posts`. */
  call(name: string, args?: Record<string, unknown>, options?: CallWith): Promise<ToolResult>
  /** What would have gone to stderr. */
  reports: string[]
}

export type CallWith = { signal?: AbortSignal }

/** The product's tools for one account, in this process: everything but MCP itself. Waits between tries are zero. */
export function openTools(options: OpenToolsOptions): Tools {
  const variables = {
    ...options.variables,
    MATTERMOST_URL: options.url,
    MATTERMOST_ACCESS_TOKEN: options.token,
  }
  const reports: string[] = []
  const handler = createToolHandler({
    integrations: catalogue,
    broker: new SessionWorld().open({
      solo: true,
      client: 'test',
      write: options.write ?? 'allow',
      variables,
    }),
    environment: makeEnvironment(variables, options.now),
    maxResultCharacters: options.maxResultCharacters ?? DEFAULT_RESULT_CHARACTERS,
    report: line => reports.push(line),
  })
  return {
    reports,
    call(name, args = {}, { signal = new AbortController().signal } = {}) {
      return handler.call(
        toolCall({
          name: `integration__mattermost__mattermost_${name}`,
          arguments: args,
          form: options.form,
          signal,
        }),
      )
    },
  }
}
