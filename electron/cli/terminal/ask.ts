import { counts, NOT_DRAWN, onceAbsorbed, onceDrawn } from '../../../shared/approvals/grace.ts'
import type { CliIo } from './io.ts'
import type { Key } from './keys.ts'
import { enterRaw } from './raw-terminal.ts'

/** What is typed at a question, and until when keys are thrown away. */
export type Typing = { text: string; quietUntil: number }

export type Typed = { kind: 'typing'; typing: Typing } | AnswerLine

const MAX_ANSWER = 40

/** What becomes of an answer when keys come in one read at `at`, in milliseconds. */
export function typeKeys({ text, quietUntil }: Typing, keys: readonly Key[], at: number): Typed {
  if (keys.some(({ kind }) => kind === 'interrupt')) return { kind: 'interrupt' }
  if (!counts(quietUntil, at))
    return { kind: 'typing', typing: { text, quietUntil: onceAbsorbed(quietUntil, at) } }
  let letters = Array.from(text)
  for (const key of keys) {
    if (key.kind === 'letter') letters.push(key.letter)
    else if (key.kind === 'backspace') letters.pop()
    else if (key.kind === 'clear') letters = []
    else if (key.kind === 'escape') return { kind: 'escape' }
    else if (key.kind === 'enter') return { kind: 'line', text: letters.join('') }
  }
  return { kind: 'typing', typing: { text: letters.slice(0, MAX_ANSWER).join(''), quietUntil } }
}

/** How a question ended; a line is what was typed at it. `escape` also where it ended from outside. */
export type AnswerLine = { kind: 'line'; text: string } | { kind: 'escape' } | { kind: 'interrupt' }

/**
 * Asks for a line at a real terminal. What was typed before the question stood there, and within the grace after it,
 * does not count. @param until ends the question from outside
 */
export function askLine(io: CliIo, question: string, until?: Promise<void>): Promise<AnswerLine> {
  return new Promise(resolve => {
    let typing: Typing = { text: '', quietUntil: NOT_DRAWN }
    const show = () => io.stdout.write(`\r\x1b[K${question}${typing.text}`)
    const terminal = enterRaw(io, false, keys => {
      const typed = typeKeys(typing, keys, io.now())
      if (typed.kind !== 'typing') return end(typed)
      typing = typed.typing
      show()
    })
    const stopped = () => end({ kind: 'interrupt' })
    process.once('SIGTERM', stopped)
    process.once('SIGHUP', stopped)
    let over = false
    function end(answer: AnswerLine): void {
      if (over) return
      over = true
      process.off('SIGTERM', stopped)
      process.off('SIGHUP', stopped)
      terminal.leave()
      io.stdout.write('\n')
      resolve(answer)
    }
    void until?.then(() => end({ kind: 'escape' }))
    io.stdout.write(`\r\x1b[K${question}`, () => {
      typing = { text: '', quietUntil: onceDrawn(NOT_DRAWN, io.now()) }
    })
  })
}

/** Whether the person says yes; anything but `y` or `yes` is no. */
export async function confirm(io: CliIo, question: string): Promise<boolean> {
  const answer = await askLine(io, `${question} [y/N] `)
  return answer.kind === 'line' && /^\s*y(?:es)?\s*$/i.test(answer.text)
}

/** Four letters to type after, none of which looks like another: a script cannot know them beforehand. */
export function makeCode(random: (below: number) => number): string {
  return Array.from({ length: 4 }, () => CODE_LETTERS[random(CODE_LETTERS.length)] ?? '').join('')
}

const CODE_LETTERS = 'abcdefghkmnprstuvwxyz'
