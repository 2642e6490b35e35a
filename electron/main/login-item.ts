import { homedir } from 'node:os'
import { app } from 'electron'
import { APP_ID } from '../../shared/desktop/app-id.ts'
import type { LoginItem } from '../../shared/protocol/desktop-methods.ts'
import { ownAppImage } from '../install/app-image.ts'
import { configFolder, linuxLoginItem } from '../install/autostart-file.ts'
import { QUIET } from './quiet-start.ts'

export type LoginItemSetting = {
  read(): LoginItem
  set(on: boolean): LoginItem
  /** Names this program where the one that is named is gone. @throws KosmoError `not_configured` */
  mend(): void
}

/** Whether the app starts at login: the person's choice, never ours. */
export function loginItem(platform: NodeJS.Platform, variables: NodeJS.ProcessEnv): LoginItemSetting {
  if (platform !== 'linux') return systemLoginItem()
  // An AppImage is run from another place each time.
  const program = ownAppImage(variables, process.resourcesPath) ?? process.execPath
  return linuxLoginItem({
    config: configFolder(homedir(), variables),
    appId: APP_ID,
    command: [program, ...(app.isPackaged ? [] : [app.getAppPath()]), QUIET],
  })
}

function systemLoginItem(): LoginItemSetting {
  const read = (): LoginItem => {
    const { openAtLogin, status } = app.getLoginItemSettings({ args: [QUIET] })
    if (status === 'requires-approval') {
      return {
        kind: 'unavailable',
        why: 'The system asks for your word first: System Settings → General → Login Items.',
      }
    }
    return { kind: openAtLogin ? 'on' : 'off' }
  }
  return {
    read,
    set(on) {
      app.setLoginItemSettings({ openAtLogin: on, args: [QUIET] })
      return read()
    },
    // These systems keep the place of the app themselves.
    mend: () => undefined,
  }
}
