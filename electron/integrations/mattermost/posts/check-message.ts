import { KosmoError } from '../../../../shared/errors.ts'
import { cleanText } from '../../../../shared/text/clean.ts'

/** The server's limit on the body of a request (MaximumPayloadSizeBytes), with room for what stands around the text. */
const MAX_BODY_BYTES = 290_000

/** C0 and C1 controls but tab and line feed. The server fails on NUL and keeps the others, which drive terminals. */
const CONTROL = /[^\P{Cc}\t\n\r]/u

/** Refuses a message that the server would mangle, or post although nobody can want it (it takes blank ones). */
export function checkMessage(message: string): void {
  if (!message.isWellFormed())
    refuse('has half a character in it (a lone surrogate). Send whole Unicode characters.')
  const control = CONTROL.exec(message)?.[0]
  if (control !== undefined) {
    const code = (control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    refuse(`has a control character in it (U+${code}). Leave it out.`)
  }
  if (cleanText(message).trim() === '') refuse('is blank.')
  if (Buffer.byteLength(JSON.stringify(message)) > MAX_BODY_BYTES)
    refuse('is larger than the server takes. Shorten it.')
}

/** Refuses a message longer than the server's own limit, in Unicode code points. */
export function checkLength(message: string, maxCharacters: number): void {
  const length = Array.from(message).length
  if (length <= maxCharacters) return
  refuse(
    `has ${length} characters; this server takes at most ${maxCharacters}. Shorten it or send it in parts.`,
  )
}

function refuse(why: string): never {
  throw new KosmoError('invalid_input', `message: the text ${why} Nothing was posted.`)
}
