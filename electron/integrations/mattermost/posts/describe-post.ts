import * as z from 'zod'
import { cleanLine, cleanText } from '../../../../shared/text/clean.ts'
import { onOneLine } from '../../../../shared/text/notice.ts'
import { dropCharacters, ellipsis, takeCharacters } from '../../../../shared/text/shorten.ts'
import { exactTime } from '../../../../shared/text/time.ts'
import type { WirePost, WireUser } from '../api/wire.ts'
import { nameCharacters } from '../channels/describe-channel.ts'
import { describeAttachments } from './describe-attachments.ts'
import { userName } from './people.ts'

/** A post as it is told: names instead of ids, text cleaned, nothing that is empty. */
export const postOutput = z.object({
  id: z.string(),
  time: z.string(),
  by: z.string(),
  text: z.string(),
  root: z.string().optional(),
  replies: z.number().optional(),
  files: z.array(z.string()).optional(),
  attachments: z.array(z.string()).optional(),
  reactions: z.string().optional(),
  flags: z.string().optional(),
  text_left: z.number().optional(),
})
export type PostOutput = z.infer<typeof postOutput>

/** How much of a post is told: characters of its text, and of everything that hangs on it. */
export type PostLimits = { text: number; rest: number }

/** Describes a post from character `offset` of its text on; `text_left` says how much of the text is missing. */
export function describePost(
  post: WirePost,
  people: ReadonlyMap<string, WireUser>,
  limits: PostLimits,
  offset = 0,
): PostOutput {
  const whole = cleanText(post.message)
  const { text, left } = takeCharacters(offset === 0 ? whole : dropCharacters(whole, offset), limits.text)
  const files = describeFiles(post, limits.rest)
  const attachments = describeAttachments(post.props.attachments, limits.rest)
  const reactions = ellipsis(describeReactions(post), Math.max(20, limits.rest))
  const flags = describeFlags(post, people)
  return {
    id: post.id,
    time: exactTime(post.create_at),
    by: ellipsis(userName(people, post.user_id), nameCharacters(limits.rest)),
    text,
    ...(post.root_id !== '' && { root: post.root_id }),
    ...(post.root_id === '' && post.reply_count > 0 && { replies: post.reply_count }),
    ...(files.length > 0 && { files }),
    ...(attachments.length > 0 && { attachments }),
    ...(reactions !== '' && { reactions }),
    ...(flags !== '' && { flags }),
    ...(left > 0 && { text_left: left }),
  }
}

/** `describePost` for the posts of one list, which are told several times until the list fits. */
export function describedOnce(people: ReadonlyMap<string, WireUser>) {
  const known = new Map<number, Map<string, PostOutput>>()
  return (post: WirePost, chars: number): PostOutput => {
    const of = known.get(chars) ?? new Map<string, PostOutput>()
    known.set(chars, of)
    const described = of.get(post.id) ?? describePost(post, people, { text: chars, rest: chars })
    of.set(post.id, described)
    return described
  }
}

/** The same on one line, its time to the minute and without the date: `<id> 17:00 alice: text`. */
export function postLine(post: PostOutput): string {
  const marks = [
    post.flags,
    post.root === undefined ? undefined : `reply to ${post.root}`,
    post.replies === undefined ? undefined : `${post.replies} replies`,
  ].filter(mark => mark !== undefined)
  const extras = [
    post.text_left === undefined ? '' : ` […${post.text_left} more characters: get_post]`,
    ...(post.files ?? []).map(file => ` [file ${file}]`),
    ...(post.attachments ?? []).map(attachment => ` [attachment ${onOneLine(attachment)}]`),
    post.reactions === undefined ? '' : ` [reactions ${post.reactions}]`,
  ]
  const head = `${post.id} ${post.time.slice(11, 16)} ${post.by}${marks.length === 0 ? '' : ` (${marks.join('; ')})`}`
  return `${head}: ${onOneLine(post.text)}${extras.join('')}`
}

/** Posts as lines, with the date above the first of each day. */
export function postLines(posts: readonly PostOutput[]): string[] {
  const lines: string[] = []
  let day = ''
  for (const post of posts) {
    if (post.time.slice(0, 10) !== day) {
      day = post.time.slice(0, 10)
      lines.push(day)
    }
    lines.push(postLine(post))
  }
  return lines
}

/** Files as name, type and size; where there is little room as many as fit, and how many more there are. */
function describeFiles({ metadata: { files = [] } }: WirePost, maxChars: number): string[] {
  const fitting = Math.max(1, Math.floor(maxChars / 40))
  const nameChars = Math.min(120, Math.max(24, maxChars))
  const shown = files.slice(0, fitting).map(file => describeFile(file, nameChars))
  return shown.length === files.length ? shown : [...shown, `… ${files.length - shown.length} more`]
}

function describeFile(file: { name: string; size: number; mime_type: string }, nameChars: number): string {
  const size = file.size < 1024 ? `${file.size} B` : `${(file.size / 1024).toFixed(1)} KB`
  const type = ellipsis(cleanLine(file.mime_type), 60)
  return `${ellipsis(cleanLine(file.name), nameChars)} (${type === '' ? '' : `${type}, `}${size})`
}

function describeReactions(post: WirePost): string {
  const counts = new Map<string, number>()
  for (const { emoji_name } of post.metadata.reactions ?? []) {
    const name = takeCharacters(cleanLine(emoji_name), 64).text
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
}

/** What a reader should know of a post beside its text; the author's own `is_bot` alone tells a bot from a person. */
function describeFlags(post: WirePost, people: ReadonlyMap<string, WireUser>): string {
  const shownAs = post.props.override_username
  return [
    isSystemPost(post) ? 'system' : '',
    people.get(post.user_id)?.is_bot === true ? 'bot' : '',
    typeof shownAs === 'string' && shownAs !== ''
      ? `shown as ${takeCharacters(cleanLine(shownAs), 64).text}`
      : '',
    post.edit_at > 0 ? `edited ${exactTime(post.edit_at)}` : '',
    post.is_pinned ? 'pinned' : '',
  ]
    .filter(flag => flag !== '')
    .join(', ')
}

/** Posts that the server writes itself: joins, changed headers, the greeting of a new bot. */
function isSystemPost({ type }: WirePost): boolean {
  return type.startsWith('system_') || type === 'add_bot_teams_channels'
}
