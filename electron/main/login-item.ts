import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import type { LoginItem } from '../../shared/protocol/desktop-methods.ts'
import { APP_ID } from './identity.ts'
import { linuxLoginItem } from './login-item-linux.ts'
import { QUIET } from './quiet-start.ts'

export type LoginItemSetting = { read(): LoginItem; set(on: boolean): LoginItem }

/** Whether the app starts at login: the person's choice, never ours. */
export function loginItem(platform: NodeJS.Platform, variables: NodeJS.ProcessEnv): LoginItemSetting {
  if (platform !== 'linux') return systemLoginItem()
  // An AppImage is run from another place each time.
  const program = variables.APPIMAGE ?? process.execPath
  return linuxLoginItem({
    config: variables.XDG_CONFIG_HOME || join(homedir(), '.config'),
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
  }
}
