import { KosmoError } from '../../shared/errors.ts'
import { runProgram } from '../clients/run-program.ts'

/** The PATH of a Windows user as it stands in the registry. */
export type UserPath = {
  /** @throws KosmoError `not_configured` */
  read(): Promise<string>
  /** Also tells the desktop, so that new terminals have it. @throws KosmoError `not_configured` */
  write(value: string): Promise<void>
}

/*
 * PowerShell's own way to the PATH replaces the variables in it, and setx cuts it at 1024 characters: the registry is
 * read and written as it is. Values go through the environment, where nothing has to be quoted.
 */

const READ = `$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
$key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $false)
if ($key -ne $null) { [Console]::Out.Write([string]$key.GetValue('Path', '', 'DoNotExpandEnvironmentNames')) }`

// To set a variable that is not there tells every window that the environment has changed.
const WRITE = `$ErrorActionPreference = 'Stop'
$key = [Microsoft.Win32.Registry]::CurrentUser.CreateSubKey('Environment')
$key.SetValue('Path', [string]$env:KOSMO_NEW_PATH, 'ExpandString')
[Environment]::SetEnvironmentVariable('KOSMO_PATH_TOLD', $null, 'User')`

/** By way of PowerShell, which every Windows has. */
export function windowsUserPath(variables: Readonly<Record<string, string | undefined>>): UserPath {
  const command = `${variables.SystemRoot ?? 'C:\\Windows'}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`
  const run = async (script: string, more: Record<string, string>) => {
    const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script]
    const end = await runProgram({ command, args, env: { ...variables, ...more }, withinMs: 30_000 })
    if (end.kind === 'ended' && end.code === 0) return end.stdout
    throw new KosmoError(
      'not_configured',
      'PowerShell could not read or write the PATH of your user account. Set it in the settings of Windows, under environment variables.',
    )
  }
  return {
    read: () => run(READ, {}),
    async write(value) {
      await run(WRITE, { KOSMO_NEW_PATH: value })
    },
  }
}
