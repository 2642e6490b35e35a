import type { Recorded } from './fixture-files.ts'
import { wholeText } from './fixture-files.ts'

// Compared by value; of the others only the presence says something.
const EXACT = [
  'content-type',
  'content-encoding',
  'cache-control',
  'set-cookie',
  'location',
  'retry-after',
  'x-content-type-options',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'database_status',
  'filestore_status',
  'status',
  'vary',
  'expires',
]
const PRESENT = ['x-request-id', 'x-version-id', 'etag']

/** What a client can see of a reply, with the ids and times that differ from run to run left out. */
export function visible(reply: { status: number; headers: Map<string, string[]>; text: string }): unknown {
  const headers: Record<string, unknown> = {}
  for (const name of EXACT) if (reply.headers.has(name)) headers[name] = reply.headers.get(name)
  for (const name of PRESENT) headers[name] = reply.headers.has(name) ? 'present' : 'absent'
  // What a POST makes has an id of its own, and tokens were taken out of the recording.
  const own = reply.status === 201 ? reply.text.replace(/^{"id":"\w{26}"/, '{"id":"-"') : reply.text
  const text = own.replace(/"token=[^"]*"/, '"token=<TOKEN>"')
  return { status: reply.status, headers, body: shape(text) }
}

export function recordedReply(recorded: Recorded): {
  status: number
  headers: Map<string, string[]>
  text: string
} {
  const headers = new Map(Object.entries(recorded.headers).map(([name, value]) => [name, [value].flat()]))
  return { status: recorded.status, headers, text: wholeText(recorded.body ?? '') }
}

/** Where two replies differ, one line for each place: empty when a client cannot tell them apart. */
export function differences(recorded: unknown, ours: unknown, place = 'reply'): string[] {
  if (!isObject(recorded) || !isObject(ours)) {
    if (Object.is(recorded, ours)) return []
    return [`${place}: recorded ${JSON.stringify(recorded)}, ours ${JSON.stringify(ours)}`]
  }
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(ours)])]
  return keys.flatMap(key => differences(recorded[key], ours[key], `${place}.${key}`))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function shape(text: string): unknown {
  const lineFeed = text.endsWith('\n')
  try {
    return { lineFeed, json: keysOf(JSON.parse(text)) }
  } catch {
    // A broken array or plain text is compared letter by letter.
    return { text: text.replace(/"request_id":"\w{26}"/g, '"request_id":"-"') }
  }
}

// Values that say which object it is, and those that a client decides by.
const TELLING = new Set([
  'id',
  'status_code',
  'order',
  'next_post_id',
  'prev_post_id',
  'name',
  'type',
  'username',
  'channel_id',
  'has_next',
  'is_bot',
  'status',
  'message',
  'reply_count',
  'member_count',
  'pinnedpost_count',
  'files_count',
  'detailed_error',
  'roles',
  'root_id',
  'original_id',
  'is_pinned',
  'is_following',
  'total_msg_count',
  'display_name',
  'header',
  'email',
  'props',
  'hashtags',
  'participants',
])

/** The keys of a value at every depth, with the telling values. */
function keysOf(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return inCertainOrder(value).map(item => keysOf(item, name))
  if (typeof value !== 'object' || value === null) return TELLING.has(name) ? value : kindOf(value)
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    if (name === '' && key === 'props') return [key, inner]
    return [key, keysOf(inner, key)]
  })
  return Object.fromEntries(entries)
}

// The database sorts channels by display name; direct ones all have the empty name, so their order is its own affair.
function inCertainOrder(list: unknown[]): unknown[] {
  const direct = list.filter(item => isObject(item) && item.type === 'D')
  const sorted = direct.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  let next = 0
  return list.map(item => (isObject(item) && item.type === 'D' ? sorted[next++] : item))
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value
}
