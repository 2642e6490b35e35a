import { strict } from '../strict.ts'
import { note } from './calls.ts'

let text = ''

/** A clipboard of text that only this app has. */
export const clipboard = strict('clipboard', {
  writeText: async written => {
    text = String(written)
    note('clipboard.writeText', text)
  },
  readText: async () => text,
  clear: () => {
    text = ''
    note('clipboard.clear')
  },
  has: async type => type === 'text/plain' && text !== '',
} satisfies Partial<Electron.Clipboard>)
