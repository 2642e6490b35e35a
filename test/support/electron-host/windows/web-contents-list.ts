import { absent, strict } from '../strict.ts'
import type { WebContents } from './web-contents.ts'
import { windowList } from './window-list.ts'

const all = () => [...windowList].map(window => window.webContents)

/** The pages of all windows. */
export const webContents = strict('webContents', {
  getAllWebContents: all,
  fromId: (id: number): WebContents | undefined => all().find(each => each.id === id),
  getFocusedWebContents: (): WebContents | null => all().find(each => each.isFocused()) ?? null,
  fromFrame: absent('webContents.fromFrame'),
  fromDevToolsTargetId: absent('webContents.fromDevToolsTargetId'),
})
