export type Draft = {
  id: string
  channelId: string
  rootId: string
  message: string
  type: string
  props: Record<string, unknown>
  fileIds: string[]
  pendingPostId: string
  createAt: number
  editAt: number
  replyCount: number
  isPinned: boolean
}

/**
 * Reads the body of POST /posts as Go would: unknown fields are ignored, missing ones are empty, null is the empty
 * post, and a field of a wrong type makes the whole body bad (undefined). user_id, delete_at and the like are dropped.
 */
export function readDraft(body: unknown): Draft | undefined {
  if (body === null) return readDraft({})
  if (typeof body !== 'object' || Array.isArray(body)) return undefined
  const fields = new Map<string, unknown>(Object.entries(body))
  const bad: string[] = []
  const read = <T>(name: string, empty: T, is: (value: unknown) => value is T): T => {
    const value = fields.get(name)
    if (value === undefined || value === null) return empty
    if (is(value)) return value
    bad.push(name)
    return empty
  }
  for (const name of ['user_id', 'original_id', 'hashtags', 'remote_id']) read(name, '', isText)
  for (const name of ['update_at', 'delete_at', 'last_reply_at']) read(name, 0, isInteger)
  const draft: Draft = {
    id: read('id', '', isText),
    channelId: read('channel_id', '', isText),
    rootId: read('root_id', '', isText),
    message: read('message', '', isText),
    type: read('type', '', isText),
    props: read('props', {}, isRecord),
    fileIds: read('file_ids', [], isTextList),
    pendingPostId: read('pending_post_id', '', isText),
    createAt: read('create_at', 0, isInteger),
    editAt: read('edit_at', 0, isInteger),
    replyCount: read('reply_count', 0, isInteger),
    isPinned: read('is_pinned', false, isFlag),
  }
  return bad.length === 0 ? draft : undefined
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value)
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
