import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { autostartText, readAutostart } from '../../shared/desktop/autostart.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { LoginItem } from '../../shared/protocol/desktop-methods.ts'
import { faultCode } from '../broker/fault-code.ts'
import { writeWhole } from '../broker/whole-file.ts'

export type AutostartPlace = {
  /** `~/.config`, or what XDG_CONFIG_HOME says. */
  config: string
  appId: string
  /** What is started at login, word by word. */
  command: string[]
}

/** Start at login as the desktops of Linux know it: a file in a folder. */
export function linuxLoginItem({ config, appId, command }: AutostartPlace) {
  const path = join(config, 'autostart', `${appId}.desktop`)
  const foreign: LoginItem = {
    kind: 'unavailable',
    why: `${path} is there and was not written by KosmoKrator. Remove it to set this here.`,
  }

  function state(): 'on' | 'off' | 'foreign' {
    try {
      return readAutostart(readFileSync(path, 'utf8'))
    } catch (error) {
      return ['ENOENT', 'ENOTDIR'].includes(faultCode(error)) ? 'off' : 'foreign'
    }
  }

  return {
    read(): LoginItem {
      const kind = state()
      return kind === 'foreign' ? foreign : { kind }
    },
    /** @throws KosmoError `not_configured` where the file cannot be written */
    set(on: boolean): LoginItem {
      if (state() === 'foreign') return foreign
      try {
        if (on) writeWhole(path, autostartText(command))
        else rmSync(path, { force: true })
      } catch (error) {
        throw new KosmoError('not_configured', `${path} could not be written (${faultCode(error)}).`)
      }
      return { kind: on ? 'on' : 'off' }
    },
  }
}
