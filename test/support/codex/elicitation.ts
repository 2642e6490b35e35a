import { z } from 'zod'
import type { RpcMessage } from './json-lines.ts'

const elicitation = z.looseObject({
  serverName: z.string(),
  mode: z.string(),
  message: z.string(),
  requestedSchema: z.unknown().optional(),
  _meta: z.record(z.string(), z.unknown()).nullish(),
})

/** A question that Codex puts to its user on behalf of an MCP server, or about one. */
export type Elicitation = z.infer<typeof elicitation>

/** The user's answer to a form. */
export interface ElicitationAnswer {
  readonly action: 'accept' | 'decline' | 'cancel'
  readonly content?: Readonly<Record<string, unknown>>
}

/** Reads an elicitation out of a request of `codex app-server`, if it is one. */
export function elicitationOf(message: RpcMessage): Elicitation | undefined {
  return message.method === 'mcpServer/elicitation/request' ? elicitation.parse(message.params) : undefined
}

/** Answers a form by filling in its decision. */
export function decide(decision: string): ElicitationAnswer {
  return { action: 'accept', content: { decision } }
}
