import type { ToolCall } from '../../../electron/gateway/sdk.ts'

/** A `tools/call` of a client that offers nothing and stays. */
export function toolCall(more: Partial<ToolCall> = {}): ToolCall {
  const { signal } = new AbortController()
  return {
    name: 'integration__mattermost__mattermost_create_post',
    arguments: {},
    clientName: 'test',
    callId: undefined,
    form: undefined,
    signal,
    attended: more.signal ?? signal,
    progress: () => undefined,
    ...more,
  }
}
