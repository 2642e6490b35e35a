import type { Node } from 'jsonc-parser'
import type { Json } from '../../../shared/clients/server-entry.ts'
import { lineBreakOf, type TextEdit } from '../../../shared/clients/text-edit.ts'
import type { Placing } from '../settings-format.ts'
import { lineCommentsEnd, triviaEnd } from './json-tokens.ts'

/** Adds a member behind the last one of an object. */
export function addMember(
  text: string,
  object: Node,
  key: string,
  value: Json,
): { edits: TextEdit[] } & Pick<Placing, 'lead' | 'tail' | 'comma'> {
  const members = object.children ?? []
  const last = members.at(-1)
  const onOneLine = isOnOneLine(text, object)
  const eol = lineBreakOf(text)
  const outer = indentAt(text, object.offset)
  const unit = unitOf(text)
  const indent = last === undefined ? outer + unit : indentAt(text, last.offset)
  const lead = onOneLine ? (last === undefined ? '' : ' ') : eol + indent
  const member = `${JSON.stringify(key)}: ${valueText(value, onOneLine ? undefined : { eol, indent, unit })}`
  if (last === undefined) {
    const start = object.offset + 1
    // What is in there already, a line break or a comment, stays behind it.
    const isBroken = text.slice(start, object.offset + object.length).includes('\n')
    const tail = onOneLine || isBroken ? '' : eol + outer
    return { edits: [{ start, end: start, text: lead + member + tail }], lead, tail, comma: false }
  }
  const end = last.offset + last.length
  const comma = triviaEnd(text, end)
  const hasComma = text[comma] === ','
  const at = lineCommentsEnd(text, hasComma ? comma + 1 : end)
  const edits = hasComma ? [] : [{ start: end, end, text: ',' }]
  return { edits: [...edits, { start: at, end: at, text: lead + member }], lead, tail: '', comma: !hasComma }
}

/** Puts another value in the place of a member's. */
export function replaceValue(text: string, property: Node, value: Json): TextEdit[] {
  const old = property.children?.[1]
  if (old === undefined) throw new Error('a member without a value')
  const layout = { eol: lineBreakOf(text), indent: indentAt(text, property.offset), unit: unitOf(text) }
  const isOneLine = property.parent === undefined || isOnOneLine(text, property.parent)
  const put = valueText(value, isOneLine ? undefined : layout)
  return [{ start: old.offset, end: old.offset + old.length, text: put }]
}

/**
 * Takes a member out, and no comma too little or too many.
 *
 * @param placing what was put around it; undefined where nobody knows
 */
export function removeMember(text: string, property: Node, placing: Placing | undefined): TextEdit[] {
  const siblings = property.parent?.children ?? []
  const index = siblings.indexOf(property)
  const [previous, next] = [siblings[index - 1], siblings[index + 1]]
  const start = startWithLead(text, property.offset, placing?.lead)
  const end = property.offset + property.length
  const comma = triviaEnd(text, end)
  const hasComma = text[comma] === ','
  // With a member behind it, its own comma goes: the one before parts the two that are left.
  if (next !== undefined) return [{ start, end: comma + 1, text: '' }]
  const behind = hasComma ? comma + 1 : end
  const tail = placing?.tail ?? ''
  const removal = { start, end: text.startsWith(tail, behind) ? behind + tail.length : behind, text: '' }
  const put = previous === undefined ? 0 : triviaEnd(text, previous.offset + previous.length)
  const isLeftOver = previous !== undefined && text[put] === ',' && (placing?.comma ?? !hasComma)
  return isLeftOver ? [{ start: put, end: put + 1, text: '' }, removal] : [removal]
}

/** The text of a new file. */
export function newFileText(value: Json): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

type Layout = { eol: string; indent: string; unit: string }

function valueText(value: Json, layout: Layout | undefined): string {
  if (layout === undefined) return JSON.stringify(value)
  const { eol, indent, unit } = layout
  return JSON.stringify(value, undefined, unit).replaceAll('\n', eol + indent)
}

/** Whether an object is written without line breaks, and so is what is added to it. */
function isOnOneLine(text: string, { offset, length, children = [] }: Node): boolean {
  return children.length > 0
    ? !text.slice(offset, offset + length).includes('\n')
    : !text.trim().includes('\n')
}

function startWithLead(text: string, start: number, lead: string | undefined): number {
  const before = text.slice(0, start)
  if (lead !== undefined && before.endsWith(lead)) return start - lead.length
  // Written anew by a program: the line break and the indent before it are its own.
  return start - (/\r?\n[ \t]*$/.exec(before)?.[0].length ?? 0)
}

/** The blanks at the beginning of the line of a place. */
function indentAt(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

/** One step of indentation: that of the first line that is indented. */
function unitOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
}
