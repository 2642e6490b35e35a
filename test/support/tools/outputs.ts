import { expect } from 'vitest'
import type { ToolResult } from '../../../electron/gateway/sdk.ts'
import type { ChannelFacts } from '../../../electron/integrations/mattermost/channels/describe-channel.ts'
import type { PostOutput } from '../../../electron/integrations/mattermost/posts/describe-post.ts'

/** The fields of all outputs; a test reads those of the tool that it called. */
export type Output = {
  notice: string
  channel: ChannelFacts & {
    display_name: string
    header: string
    purpose: string
    members?: number
    guests?: number
    pinned?: number
    created: string
    last_post?: string
  }
  channels: (ChannelFacts & { unread?: number; mentions?: number })[]
  teams: { id: string; name: string; display_name: string; type: string; description?: string }[]
  posts: PostOutput[]
  post: PostOutput & { link: string; updated: string }
  thread: PostOutput[]
  user: Record<string, unknown>
  server: string
  warning?: string
  total: number
  next?: Record<string, string | number>
  left_out?: number
  notes?: string[]
  id: string
  time: string
  root?: string
  link: string
}

/** The data of a result that must be a success. */
export function dataOf(result: ToolResult): Output {
  expect(textOf(result)).not.toMatch(/^ERROR/)
  expect(result.isError).not.toBe(true)
  return result.structuredContent as unknown as Output
}

/** The lines of a result. */
export function textOf(result: ToolResult): string {
  return result.content.map(part => part.text).join('\n')
}

/** The text of a result that must be a failure; it begins with `ERROR:` and has no data beside it. */
export function errorOf(result: ToolResult): string {
  const text = textOf(result)
  expect(result.isError, text).toBe(true)
  expect(text).toMatch(/^ERROR: /)
  expect(result.structuredContent).toBeUndefined()
  return text
}
