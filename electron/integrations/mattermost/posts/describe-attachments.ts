import { cleanText } from '../../../../shared/text/clean.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'

const MAX_ATTACHMENTS = 20

/**
 * Message attachments (`props.attachments`) as texts, together at most `maxChars` characters: what bots and
 * integrations write there would else be missing from their posts. What is cut ends in an ellipsis. `props` is a free
 * bag, so everything about it is doubted.
 */
export function describeAttachments(attachments: unknown, maxChars: number): string[] {
  if (!Array.isArray(attachments)) return []
  const texts = attachments.slice(0, MAX_ATTACHMENTS).map(attachmentText).filter(isGiven)
  const described: string[] = []
  let left = maxChars
  for (const text of texts) {
    if (left <= 0) break
    described.push(ellipsis(text, left))
    left -= text.length
  }
  const missing = attachments.length - described.length
  const whole = described.length === texts.length && attachments.length <= MAX_ATTACHMENTS
  return whole ? described : [...described, `… ${missing} more`]
}

function attachmentText(attachment: unknown): string {
  if (!isObject(attachment)) return ''
  const parts = [attachment.author_name, attachment.pretext, attachment.title, attachment.text]
  const fields = Array.isArray(attachment.fields) ? attachment.fields.slice(0, 50).map(fieldText) : []
  const text = [...parts, ...fields, attachment.footer].map(asText).filter(isGiven).join('\n')
  return text === '' ? asText(attachment.fallback) : text
}

function fieldText(field: unknown): string {
  if (!isObject(field)) return ''
  return [field.title, field.value].map(asText).filter(isGiven).join(': ')
}

function asText(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? cleanText(value).trim() : ''
}

function isGiven(text: string): boolean {
  return text !== ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
