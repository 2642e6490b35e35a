import { emojiNamed } from './emoji.ts'

/** A piece of a text that Mattermost shows in a way of its own. */
export type Word =
  | { kind: 'plain'; text: string }
  /** Notifies everybody. */
  | { kind: 'wide'; text: string }
  | { kind: 'mention'; text: string }
  | { kind: 'channel'; text: string }
  | { kind: 'hashtag'; text: string }
  | { kind: 'emoji'; text: string; emoji: string }

const WORD =
  /(?<![\p{L}\p{N}@])(?:(?<wide>@(?:channel|all|here))(?![\p{L}\p{N}@])|(?<mention>@[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?))|(?<![\p{L}\p{N}~])(?<channel>~[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)|(?<![\p{L}\p{N}#])(?<hashtag>#\p{L}[\p{L}\p{N}._-]*[\p{L}\p{N}])|(?<emoji>:[a-z0-9_+-]+:)/giu

/** The text in pieces. Whether a name is one that exists is the server's to know, so all of them are pieces here. */
export function mattermostWords(text: string): Word[] {
  const words: Word[] = []
  let end = 0
  for (const match of text.matchAll(WORD)) {
    const word = read(match[0], match.groups ?? {})
    if (word === undefined) continue
    if (match.index > end) words.push({ kind: 'plain', text: text.slice(end, match.index) })
    words.push(word)
    end = match.index + match[0].length
  }
  if (end < text.length) words.push({ kind: 'plain', text: text.slice(end) })
  return words
}

function read(text: string, groups: Record<string, string | undefined>): Word | undefined {
  if (groups.wide !== undefined) return { kind: 'wide', text }
  if (groups.mention !== undefined) return { kind: 'mention', text }
  if (groups.channel !== undefined) return { kind: 'channel', text }
  // Shorter ones are none on a server as it comes.
  if (groups.hashtag !== undefined) return text.length > 3 ? { kind: 'hashtag', text } : undefined
  const emoji = emojiNamed(text.slice(1, -1))
  return emoji === undefined ? undefined : { kind: 'emoji', text, emoji }
}
