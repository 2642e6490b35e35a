import { cleanText } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'

const MOST = 4_000
/** Nobody writes notes as long as this; whoever sends them is not worth the time. */
const MOST_READ = 100_000

/**
 * What came with a version, as a text to be shown: short, nothing in it invisible. GitHub gives its pages' HTML; its tags
 * are taken out so that people can read it, which is no protection: it is never taken for anything but text.
 *
 * @param given whatever stands in the answer: a text, or a list with a `note` for each version
 */
export function releaseNotes(given: unknown): string {
  const text = Array.isArray(given)
    ? given.map(each => noteOf(each)).join('\n\n')
    : typeof given === 'string'
      ? given
      : ''
  return ellipsis(cleanText(withoutTags(text.slice(0, MOST_READ))).trim(), MOST)
}

function noteOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null || !('note' in entry)) return ''
  return typeof entry.note === 'string' ? entry.note : ''
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

function withoutTags(text: string): string {
  if (!/<\/[a-z]/i.test(text)) return text
  return text
    .replace(/<li\b[^<>]*>/gi, '\n• ')
    .replace(/<\/?(p|div|h[1-6]|ul|ol|br|tr|pre)\b[^<>]*>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, entity => ENTITIES[entity] ?? entity)
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
}
