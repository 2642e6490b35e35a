import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { NotDone } from '../strict.ts'

type Name = Parameters<Electron.App['getPath']>[0]

const set = new Map<string, string>()

/** app.setPath. */
export function setPath(name: string, path: string): void {
  set.set(name, resolve(path))
}

/** app.getPath, from HOME and XDG_CONFIG_HOME as Electron does on Linux. @throws NotDone for others */
export function getPath(name: Name, appName: string): string {
  const given = set.get(name)
  if (given !== undefined) return given
  switch (name) {
    case 'home':
      return homedir()
    case 'appData':
      return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
    case 'userData':
      return join(getPath('appData', appName), appName)
    case 'sessionData':
      return getPath('userData', appName)
    case 'logs':
      return join(getPath('userData', appName), 'logs')
    case 'crashDumps':
      return join(getPath('userData', appName), 'Crashpad')
    case 'temp':
      return tmpdir()
    case 'exe':
      return process.execPath
    case 'desktop':
    case 'documents':
    case 'downloads':
    case 'music':
    case 'pictures':
    case 'videos':
      return join(homedir(), `${name[0]?.toUpperCase()}${name.slice(1)}`)
    default:
      throw new NotDone(`app.getPath of "${name}"`)
  }
}
