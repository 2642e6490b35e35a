import type { Finding } from '../../../shared/clients/finding.ts'
import { APP_ID } from '../../../shared/desktop/app-id.ts'
import type { CommandState } from '../../../shared/install/outside-plan.ts'
import { autostartPath, configFolder, readAutostartFile } from '../../install/autostart-file.ts'
import { commandState } from '../../install/command-state.ts'
import type { DoctorSystem } from './doctor-system.ts'

/** Whether what was put on the PATH and into the session's start still leads to a program. */
export function checkOutside(system: DoctorSystem): Finding[] {
  return [ofCommand(commandState({ ...system, userPath: undefined })), ...ofAutostart(system)]
}

function ofCommand({ kind, said }: CommandState): Finding {
  const base = { id: 'command', title: 'Command', said }
  const install = 'kosmo shell:install'
  switch (kind) {
    case 'ready':
      return { ...base, state: 'ok' }
    case 'gone':
      return {
        ...base,
        state: 'fail',
        todo: `Start the KosmoKrator app once, or write it anew: ${install}, with the program that is there now.`,
      }
    case 'shadowed':
      return { ...base, state: 'warn', todo: 'Remove the one that you do not need.' }
    case 'off-path':
      return { ...base, state: 'skipped', todo: `To be found in every terminal: ${install} --profile` }
    case 'absent':
      return { ...base, state: 'skipped', todo: `To have it in every terminal: ${install}` }
  }
}

function ofAutostart({ platform, userHome, variables }: DoctorSystem): Finding[] {
  if (platform !== 'linux') return []
  const path = autostartPath({ config: configFolder(userHome, variables), appId: APP_ID })
  const found = readAutostartFile(path)
  if (found.kind !== 'on') return []
  const base = { id: 'autostart', title: 'Start at login' }
  if (found.gone === undefined) return [{ ...base, state: 'ok', said: 'The app starts when you log in.' }]
  return [
    {
      ...base,
      state: 'fail',
      said: `${path} starts ${found.gone}, which is not there any more.`,
      todo: 'Start the KosmoKrator app once from where it is now: it mends that.',
    },
  ]
}
