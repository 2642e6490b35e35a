import { columns, wrap } from './wrap.ts'

/** What `elicitation/create` carries: the form that the program wants a person to see. */
export type Form = {
  message: string
  requestedSchema: { properties: { decision: { title: string; enum: string[]; enumNames: string[] } } }
}

const INNER = 72

/** The form in a frame, as a client would put it to a person: its words and choices, nothing else. */
export function drawForm(form: Form): string[] {
  const { title, enumNames } = form.requestedSchema.properties.decision
  const rows = [
    ...form.message.split('\n').flatMap(line => wrap(line, INNER)),
    '',
    `${title}:`,
    ...enumNames.map((name, nth) => `  [${nth + 1}] ${name}`),
  ]
  return [
    `┌${'─'.repeat(INNER + 2)}┐`,
    ...rows.map(row => `│ ${row}${' '.repeat(Math.max(0, INNER - columns(row)))} │`),
    `└${'─'.repeat(INNER + 2)}┘`,
  ]
}

/** True where a person can press a key. */
export function hasKeyboard(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true && process.env.CI === undefined
}

/**
 * Waits for a number key, or Enter for the first choice; gives the choice counted from 0, or undefined when nobody
 * answered in time. Ctrl+C ends the demo.
 */
export function chooseByKey(choices: number, seconds: number): Promise<number | undefined> {
  const { stdin } = process
  stdin.setRawMode(true).setEncoding('utf8').resume()
  return new Promise(resolve => {
    const finish = (choice: number | undefined): void => {
      clearTimeout(timer)
      stdin.off('data', onKey)
      stdin.setRawMode(false).pause()
      resolve(choice)
    }
    const timer = setTimeout(() => finish(undefined), seconds * 1000)
    const onKey = (key: string): void => {
      if (key === '\x03') {
        stdin.setRawMode(false)
        process.exit(130)
      }
      if (key === '\r' || key === '\n') return finish(0)
      const nth = Number(key) - 1
      if (Number.isInteger(nth) && nth >= 0 && nth < choices) finish(nth)
    }
    stdin.on('data', onKey)
  })
}
