import { strict } from '../strict.ts'
import { note } from './calls.ts'

/** Dialogs that wait for an answer. */
export type DialogName = 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'

type Answers = Record<DialogName, { given: unknown[]; waiting: ((answer: unknown) => void)[] }>

const answers: Answers = {
  showMessageBox: { given: [], waiting: [] },
  showOpenDialog: { given: [], waiting: [] },
  showSaveDialog: { given: [], waiting: [] },
}

/** For tests: what the person answers to the dialog of that name that is open, else to the next one. */
export function answerDialog(name: DialogName, answer: unknown): void {
  const waiting = answers[name].waiting.shift()
  if (waiting === undefined) answers[name].given.push(answer)
  else waiting(answer)
}

function ask(name: DialogName) {
  return (...args: unknown[]): Promise<never> => {
    // The window before the options may be left out.
    note(`dialog.${name}`, args.at(-1))
    const { given, waiting } = answers[name]
    return new Promise(resolve => {
      const answer = resolve as (answer: unknown) => void
      if (given.length > 0) answer(given.shift())
      else waiting.push(answer)
    })
  }
}

/** Dialogs that nobody sees: a test answers them, and until then they are open. */
export const dialog = strict('dialog', {
  showMessageBox: ask('showMessageBox'),
  showOpenDialog: ask('showOpenDialog'),
  showSaveDialog: ask('showSaveDialog'),
  showErrorBox: (title, content) => note('dialog.showErrorBox', title, content),
} satisfies Partial<Electron.Dialog>)
