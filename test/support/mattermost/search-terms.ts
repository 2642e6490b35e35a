import type { Post } from './records.ts'

export type Terms = {
  words: string[]
  excluded: string[]
  or: boolean
  from: string[]
  in: string[]
  after: number
  before: number
}

const STOP_WORDS = new Set(
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split(
    ' ',
  ),
)
const DAY = 86_400_000

/** Reads search terms; undefined when nothing is left to look for (stop words, brackets, emoji, blanks), which finds nothing. */
export function readTerms(text: string, or: boolean, zoneSeconds: number): Terms | undefined {
  const terms: Terms = {
    words: [],
    excluded: [],
    or,
    from: [],
    in: [],
    after: 0,
    before: Number.POSITIVE_INFINITY,
  }
  let rest = text.replace(/"([^"]*)"/g, (_, phrase: string) => {
    const said = wordsOf(phrase).join(' ')
    if (said !== '') terms.words.push(`"${said}`)
    return ' '
  })
  rest = rest.replace(
    /(^|\s)(-?)(from|in|after|before|on):\s*(\S+)/gi,
    (_, gap, minus: string, flag: string, value: string) => {
      if (minus === '') addFlag(terms, flag.toLowerCase(), value.toLowerCase(), zoneSeconds)
      return String(gap)
    },
  )
  for (const word of rest.split(/\s+/)) {
    const list = word.startsWith('-') ? terms.excluded : terms.words
    // The text index holds an address as one lexeme that the query never asks for.
    if (word.includes('@')) list.push('\0address')
    const parts = word.startsWith('#') ? [word.toLowerCase()] : wordsOf(word.replace(/^-/, ''))
    if (!word.includes('@')) list.push(...parts.map(part => (word.endsWith('*') ? `${part}*` : part)))
  }
  terms.words = terms.words.filter(word => !STOP_WORDS.has(word))
  const narrowed = terms.from.length > 0 || terms.in.length > 0
  const dated = terms.after > 0 || Number.isFinite(terms.before)
  return terms.words.length > 0 || narrowed || dated ? terms : undefined
}

function addFlag(terms: Terms, flag: string, value: string, zoneSeconds: number): void {
  if (flag === 'from') terms.from.push(value.replace(/^@/, ''))
  if (flag === 'in') terms.in.push(value.replace(/^[~#]/, ''))
  const day = Date.parse(`${value}T00:00:00Z`) - zoneSeconds * 1000
  if (Number.isNaN(day)) return
  if (flag === 'after') terms.after = day + DAY
  if (flag === 'before') terms.before = day
  if (flag === 'on') {
    terms.after = day
    terms.before = day + DAY
  }
}

/** Whether a post has the words; addresses inside it are not words. */
export function matchesTerms(terms: Terms, post: Post, channelName: string, author: string): boolean {
  if (terms.from.length > 0 && !terms.from.includes(author)) return false
  if (terms.in.length > 0 && !terms.in.includes(channelName)) return false
  if (post.createAt < terms.after || post.createAt >= terms.before) return false
  const said = wordsOf(withoutAddresses(post.message))
  const tags = post.hashtags.toLowerCase().split(' ')
  const has = (word: string): boolean => {
    if (word.startsWith('#')) return tags.includes(word)
    if (word.startsWith('"')) return ` ${said.join(' ')} `.includes(` ${word.slice(1)} `)
    if (word.endsWith('*')) return said.some(known => known.startsWith(word.slice(0, -1)))
    return said.includes(word)
  }
  if (terms.excluded.some(has)) return false
  if (terms.words.length === 0) return true
  return terms.or ? terms.words.some(has) : terms.words.every(has)
}

// Word by word: one pattern for it all takes seconds on a long message without spaces.
function withoutAddresses(text: string): string {
  const words = text.split(/\s+/)
  return words.filter(word => !word.includes('@')).join(' ')
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
}
