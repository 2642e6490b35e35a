import { KosmoError } from '../../shared/errors.ts'
import { runProgram } from '../clients/run-program.ts'

/** The app's start at login on Windows, where Electron keeps it. */
export type RunKey = {
  isThere(): Promise<boolean>
  /** @throws KosmoError `not_configured` */
  remove(): Promise<void>
}

const KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run'

/** Its place, as a person finds it. @param appId the name under which Electron keeps it */
export function runKeyTitle(appId: string): string {
  return `${KEY}\\${appId}`
}

/** By way of reg, which every Windows has. */
export function windowsRunKey(
  appId: string,
  variables: Readonly<Record<string, string | undefined>>,
): RunKey {
  const command = `${variables.SystemRoot ?? 'C:\\Windows'}\\System32\\reg.exe`
  const run = async (action: 'query' | 'delete', more: string[]) => {
    const args = [action, KEY, '/v', appId, ...more]
    const end = await runProgram({ command, args, env: variables, withinMs: 30_000 })
    return end.kind === 'ended' && end.code === 0
  }
  return {
    isThere: () => run('query', []),
    async remove() {
      if (await run('delete', ['/f'])) return
      throw new KosmoError(
        'not_configured',
        'The start at login could not be taken out. Switch it off in the settings of Windows, under Apps, Startup.',
      )
    },
  }
}
