import { createInterface, type Interface } from 'node:readline'
import { cleanText } from '../../../shared/text/clean.ts'
import type { CliIo } from '../terminal/io.ts'
import { resultText } from './lua-envelope.ts'
import type { ScriptRunner } from './script-runner.ts'

export const GREETING = 'Lua 5.4 with app.integrations.*, docs, json and regex. :quit or Ctrl-D ends it.'

const FIRST = 'lua> '
const MORE = '...> '

type Line = { kind: 'line'; text: string } | { kind: 'interrupt' } | { kind: 'end' }

/** Where lines come from; it has nothing of the terminal while code runs, which may ask the person something. */
type Lines = { next(prompt: string): Promise<Line>; close(): void }

/** Reads code line by line and runs it, until the person ends it. @param print shows a text */
export async function runRepl(io: CliIo, runner: ScriptRunner, print: (text: string) => void): Promise<void> {
  const lines = io.stdin.isTTY === true && io.stdout.isTTY === true ? typedLines(io) : pipedLines(io)
  let code = ''
  try {
    for (;;) {
      const line = await lines.next(code === '' ? FIRST : MORE)
      if (line.kind === 'end') return
      if (line.kind === 'interrupt') {
        code = ''
        continue
      }
      if (code === '' && line.text.trim() === ':quit') return
      code = code === '' ? line.text : `${code}\n${line.text}`
      if (await runLine(code, io, runner, print)) code = ''
    }
  } finally {
    lines.close()
  }
}

/** Whether the code was run, or can never be. What is an expression gives its value. */
async function runLine(
  code: string,
  io: CliIo,
  runner: ScriptRunner,
  print: (text: string) => void,
): Promise<boolean> {
  if (code.trim() === '') return true
  const asValue = await runner.run(`return ${code}`, 'repl')
  const isValue = asValue.how !== 'malformed' && asValue.how !== 'unfinished'
  const ran = isValue ? asValue : await runner.run(code, 'repl')
  if (ran.how === 'unfinished') return false
  const told = resultText(ran.result)
  if (told !== undefined) print(told)
  if (ran.error !== null) io.err(`kosmo: ${cleanText(ran.error)}`)
  if (ran.how === 'stopped') io.err('kosmo: variables and functions of before are gone.')
  return true
}

/** A line at a time: while code runs, the terminal is free for a question. */
function typedLines({ stdin, stdout }: CliIo): Lines {
  let history: string[] = []
  return {
    next: prompt =>
      new Promise(resolve => {
        const reader: Interface = createInterface({
          input: stdin,
          output: stdout,
          prompt,
          history,
          terminal: true,
        })
        const end = (line: Line) => {
          resolve(line)
          reader.close()
        }
        reader.on('history', lines => {
          history = lines
        })
        reader.on('line', text => end({ kind: 'line', text }))
        reader.on('SIGINT', () => {
          stdout.write('\n')
          end({ kind: 'interrupt' })
        })
        // Also after the others, when it has no say any more.
        reader.on('close', () => end({ kind: 'end' }))
        reader.prompt()
      }),
    close: () => stdin.pause(),
  }
}

function pipedLines({ stdin }: CliIo): Lines {
  const reader = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })
  const lines = reader[Symbol.asyncIterator]()
  return {
    async next() {
      const { value, done } = await lines.next()
      return done === true ? { kind: 'end' } : { kind: 'line', text: value }
    },
    close: () => reader.close(),
  }
}
