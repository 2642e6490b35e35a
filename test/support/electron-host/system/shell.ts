import { strict } from '../strict.ts'
import { note } from './calls.ts'

/** Opens nothing and remembers what was to be opened. */
export const shell = strict('shell', {
  beep: () => note('shell.beep'),
  openExternal: async url => {
    new URL(url)
    note('shell.openExternal', url)
  },
  openPath: async path => {
    note('shell.openPath', path)
    return ''
  },
  showItemInFolder: path => note('shell.showItemInFolder', path),
} satisfies Partial<Electron.Shell>)
