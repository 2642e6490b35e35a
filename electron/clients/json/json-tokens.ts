/** Behind blanks, line breaks and comments of JSON as editors take it. */
export function triviaEnd(text: string, from: number): number {
  let at = from
  for (;;) {
    while (/[\s\ufeff]/.test(text.charAt(at))) at++
    if (text.startsWith('//', at)) at = endOr(text.indexOf('\n', at), text)
    else if (text.startsWith('/*', at)) at = endOr(text.indexOf('*/', at + 2) + 2, text)
    else return at
  }
}

/** Behind the comments on the rest of a line, and the blanks before them; not behind blanks alone. */
export function lineCommentsEnd(text: string, from: number): number {
  let end = from
  for (let at = from; ; ) {
    while (/[ \t]/.test(text.charAt(at))) at++
    if (text.startsWith('//', at)) return endOfLine(text, at)
    if (!text.startsWith('/*', at)) return end
    at = endOr(text.indexOf('*/', at + 2) + 2, text)
    end = at
  }
}

/** Whether there is a comment between two places; what stands in strings is none. */
export function hasCommentBetween(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (text[at] === '"') at = stringEnd(text, at) - 1
    else if (text[at] === '/') return true
  }
  return false
}

function stringEnd(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return end + 1
}

/** Before the line break. */
function endOfLine(text: string, at: number): number {
  const end = endOr(text.indexOf('\n', at), text)
  return text[end - 1] === '\r' ? end - 1 : end
}

function endOr(found: number, text: string): number {
  return found < 2 ? text.length : found
}
