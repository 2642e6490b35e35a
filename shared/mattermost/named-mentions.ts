import { outsideCode } from './outside-code.ts'

/** A name behind `@` where the server would look for one. */
const MENTION = /(?<![\p{L}\p{N}@])@([a-z0-9._-]{1,64})/giu

const WIDE = new Set(['channel', 'all', 'here'])

/**
 * The people and groups that a message names with `@`, each once, in order, without those that stand for everybody.
 * Whether there is such a person, and whether they are told, is the server's to say.
 */
export function namedMentions(message: string): string[] {
  const found = new Set<string>()
  for (const [, name = ''] of outsideCode(message).matchAll(MENTION)) {
    const trimmed = name.toLowerCase().replace(/[._-]+$/, '')
    if (/[a-z0-9]/.test(trimmed) && !WIDE.has(trimmed)) found.add(trimmed)
  }
  return [...found]
}
