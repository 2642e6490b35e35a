import { existsSync, readFileSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import {
  autostartText,
  programOfAutostart,
  readAutostart,
  withProgram,
} from '../../shared/desktop/autostart.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { LoginItem } from '../../shared/protocol/desktop-methods.ts'
import { faultCode } from '../broker/fault-code.ts'
import { faultWords } from '../broker/fault-words.ts'
import { writeWhole } from '../broker/whole-file.ts'

export type AutostartPlace = {
  /** `~/.config`, or what XDG_CONFIG_HOME says. */
  config: string
  appId: string
  /** What is started at login, word by word. */
  command: string[]
}

/** Where the desktops of Linux look for what is started at login. */
export function autostartPath({ config, appId }: Pick<AutostartPlace, 'config' | 'appId'>): string {
  return join(config, 'autostart', `${appId}.desktop`)
}

/** The person's folder of settings, as the desktops of Linux know it. */
export function configFolder(
  userHome: string,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  const named = variables.XDG_CONFIG_HOME
  return named && isAbsolute(named) ? named : join(userHome, '.config')
}

/** What stands in the file. `gone`: the program that it starts, where that is not there any more. */
export type AutostartState =
  | { kind: 'off'; text?: string }
  | { kind: 'on'; text: string; gone: string | undefined }
  | { kind: 'foreign' }

/** Looks at the file and changes nothing. */
export function readAutostartFile(path: string): AutostartState {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return { kind: ['ENOENT', 'ENOTDIR'].includes(faultCode(error)) ? 'off' : 'foreign' }
  }
  const kind = readAutostart(text)
  if (kind !== 'on') return kind === 'off' ? { kind, text } : { kind }
  const program = programOfAutostart(text)
  const isGone = program !== undefined && isAbsolute(program) && !existsSync(program)
  return { kind, text, gone: isGone ? program : undefined }
}

/** Start at login as the desktops of Linux know it: a file in a folder. */
export function linuxLoginItem({ config, appId, command }: AutostartPlace) {
  const path = autostartPath({ config, appId })
  const foreign: LoginItem = {
    kind: 'unavailable',
    why: `${path} is there and was not written by KosmoKrator. Remove it to set this here.`,
  }
  const state = () => readAutostartFile(path)
  const change = (what: () => void) => {
    try {
      what()
    } catch (error) {
      throw new KosmoError('not_configured', `${path} could not be written (${faultWords(error)}).`)
    }
  }

  return {
    read(): LoginItem {
      const { kind } = state()
      return kind === 'foreign' ? foreign : { kind }
    },
    /** @throws KosmoError `not_configured` where the file cannot be written */
    set(on: boolean): LoginItem {
      if (state().kind === 'foreign') return foreign
      change(() => {
        if (on) writeWhole(path, autostartText(command))
        else rmSync(path, { force: true })
      })
      return { kind: on ? 'on' : 'off' }
    },
    /**
     * Names this program where the one that is named is not there any more: an AppImage that was moved. One that is
     * there stays, whichever it is: two of us must not take the place from each other at each start.
     */
    mend(): void {
      const found = state()
      if (found.kind !== 'on' || found.gone === undefined) return
      change(() => writeWhole(path, withProgram(found.text, command)))
    },
  }
}
