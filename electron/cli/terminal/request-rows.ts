import type { Approval } from '../../../shared/approvals/approval.ts'
import { riskLines, risksOf } from '../../../shared/approvals/risks.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { visibleText } from '../../../shared/text/visible.ts'
import { cut, fold } from './columns.ts'
import { type Row, row, type Tone } from './rows.ts'

const LABEL = 10
/** An ellipsis is as wide as two letters in some fonts. */
const MARK = 3
/** A name as long as a page must not push the text off the screen. */
const FIELD_ROWS = 4

/**
 * A request as rows of at most `width` columns: who, as whom, where, what to look out for, then every line of the text
 * that would be sent. A row that begins with `> `, `… `, `- ` or `+ ` holds nothing but text, and no other row begins
 * so. @param draft the text as the person has changed it
 */
export function requestRows(approval: Approval, draft: string | undefined, width: number): Row[] {
  const { asker, subject, attended } = approval
  const text = draft ?? subject.text
  const team = subject.team === undefined ? '' : `, team ${clean(subject.team)}`
  const thread = subject.replyTo === undefined ? '' : `answers ${clean(subject.replyTo)}`
  const root = subject.root === undefined ? '' : ` (thread ${clean(subject.root)})`
  const lines = text.split('\n').length
  const field = (label: string, value: string, tone: Tone = 'plain') => fieldRows(label, value, width, tone)
  return [
    ...field('Who', `${clean(asker.client)} ${clean(asker.version)}`),
    ...field('Works in', clean(asker.workspace)),
    ...field(
      'As',
      `${clean(subject.author)} on ${clean(subject.server)} (${clean(subject.service)}, account ${clean(asker.account)})`,
    ),
    ...field('Where', clean(subject.place), 'strong'),
    ...field('Audience', clean(subject.audience) || `${subject.kind}${team}`),
    ...(thread + root === '' ? [] : field('Thread', `${thread}${root}`.trim())),
    ...notifiedLines(approval).flatMap(line => field('Notifies', line, 'warn')),
    ...riskLines(risksOf(text)).flatMap(line => field('Careful', clean(line), 'warn')),
    ...(attended
      ? []
      : field('Waiting', 'Nobody waits at this moment: it is posted when the client calls again.')),
    ...field('Text', `${count(lines, 'line')}, ${count(Array.from(text).length, 'character')}`),
    ...textRows(text, width, '> '),
    ...(draft === undefined ? [] : changeRows(subject.text, draft, width)),
    row('End of the text.', 'dim'),
  ]
}

/** A text as rows behind `mark`, everything unseen made visible; a line that is folded goes on behind `… `. */
export function textRows(text: string, width: number, mark: '> ' | '- ' | '+ '): Row[] {
  return visibleText(text)
    .split('\n')
    .flatMap(line =>
      fold(unstacked(line.replaceAll('\t', '    ')), Math.max(4, width - MARK)).map((part, index) =>
        row(`${index === 0 ? mark : '… '}${part}`, mark === '> ' ? 'plain' : 'strong'),
      ),
    )
}

/** Whom a post notifies beyond those who read along, in words; none where that is nobody. */
export function notifiedLines({ subject: { wideMentions, notified } }: Approval): string[] {
  if (wideMentions.length === 0) return []
  const names = wideMentions.map(name => `@${clean(name)}`).join(', ')
  if (notified === undefined) return [`everybody in the channel: ${names}`]
  return [`${notified.upTo ? 'up to ' : ''}${count(notified.people, 'person', 'people')}: ${names}`]
}

/** A text from outside on one line, `(none)` where nothing of it shows. */
export function clean(text: string): string {
  return cleanLine(text) || '(none)'
}

/** `1 line`, `2 lines`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** What a change took away and what it put there, without the lines before and behind that stayed. */
function changeRows(before: string, after: string, width: number): Row[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let head = 0
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++
  let tail = 0
  const most = Math.min(old.length, now.length) - head
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++
  const gone = old.slice(head, old.length - tail)
  const come = now.slice(head, now.length - tail)
  return [
    row(`You changed it at line ${head + 1}, from - to +:`, 'dim'),
    ...(gone.length === 0 ? [] : textRows(gone.join('\n'), width, '- ')),
    ...(come.length === 0 ? [] : textRows(come.join('\n'), width, '+ ')),
  ]
}

function fieldRows(label: string, value: string, width: number, tone: Tone): Row[] {
  const parts = fold(unstacked(value), Math.max(8, width - LABEL))
  const kept = parts.slice(0, FIELD_ROWS)
  if (parts.length > FIELD_ROWS) kept.push(cut('… (longer than what is shown)', width - LABEL))
  return kept.map((part, index) => row((index === 0 ? label : '').padEnd(LABEL) + part, tone))
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** More than any script puts on one letter; a pile of marks paints over the rows around it. */
const MOST_MARKS = 4

function unstacked(line: string): string {
  if (!/\p{M}{5}/u.test(line)) return line
  return Array.from(SEGMENTS.segment(line), ({ segment }) => {
    let marks = 0
    return Array.from(segment, letter => {
      if (!/\p{M}/u.test(letter) || ++marks <= MOST_MARKS) return letter
      return `‹U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`
    }).join('')
  }).join('')
}
