/**
 * A message without its code, in which Mattermost looks for mentions: they do not notify inside code.
 *
 * What is code is the server's Markdown to say, so only what is code beyond doubt is left out: a plain fenced block,
 * and spans on one line in a text without links, quotes, lists and escapes. Everything else stays.
 */
export function outsideCode(message: string): string {
  return withoutSpans(withoutFences(decodeReferences(message.replace(/\r\n?/g, '\n'))))
}

/** The server decodes character references before it looks for mentions: `&#64;all` notifies. */
function decodeReferences(text: string): string {
  return text
    .replace(/&#(\d{1,7});/g, (reference, code) => character(Number(code), reference))
    .replace(/&#x([0-9a-f]{1,6});/gi, (reference, code) => character(Number.parseInt(code, 16), reference))
    .replace(/&commat;/g, '@')
}

function character(code: number, reference: string): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference
}

/** A line that begins with a fence, or with what could be one inside a quote, a list or a paragraph. */
const FENCE_LIKE = /^[\s>*+\-\d.)]*(`{3,}|~{3,})/
const OPENING = /^(`{3,}|~{3,})([^`]*)$/

/** The text without its fenced blocks; the whole text where one of its fences is anything but plain. */
function withoutFences(text: string): string {
  const kept: string[] = []
  let fence: string | undefined
  for (const line of text.split('\n')) {
    if (fence !== undefined) {
      if (isClosing(line, fence)) fence = undefined
      continue
    }
    if (!FENCE_LIKE.test(line)) {
      kept.push(line)
      continue
    }
    fence = OPENING.exec(line)?.[1]
    if (fence === undefined) return text
    kept.push('')
  }
  // A block that is never closed runs to the end, on the server too.
  return kept.join('\n')
}

function isClosing(line: string, fence: string): boolean {
  const marks = /^(`+|~+)[ \t]*$/.exec(line)?.[1]
  return marks !== undefined && marks[0] === fence[0] && marks.length >= fence.length
}

/** Escapes, links and blocks in which the server pairs backticks in its own way. */
const NOT_PLAIN = /\\|\[|:\/\/|^[ \t]*>|^[ \t]*([*+-]|\d+[.)])[ \t]|^( {4}|\t)/m

/** The text without its code spans; the whole text where they are not plain. */
function withoutSpans(text: string): string {
  if (NOT_PLAIN.test(text)) return text
  const lines = text.split('\n').map(lineWithoutSpans)
  return lines.includes(undefined) ? text : lines.join('\n')
}

/** A line without its spans; undefined where a backtick of it has no partner, which may stand on another line. */
function lineWithoutSpans(line: string): string | undefined {
  let kept = ''
  let rest = line
  for (let run = /`+/.exec(rest); run !== null; run = /`+/.exec(rest)) {
    const [marks] = run
    const inside = rest.slice(run.index + marks.length)
    const end = [...inside.matchAll(/`+/g)].find(candidate => candidate[0].length === marks.length)
    if (end === undefined) return undefined
    kept += `${rest.slice(0, run.index)} `
    rest = inside.slice(end.index + marks.length)
  }
  return kept + rest
}
