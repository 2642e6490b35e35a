import type { ServerCommand } from './server-entry.ts'

/** What starts the server, for a person's shell. @param platform `win32` for PowerShell, else POSIX */
export function commandLine({ command, args, env }: ServerCommand, platform: string): string {
  const words = [command, ...args]
  if (platform !== 'win32') {
    const set = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`)
    return [...set, ...words.map(quoted)].join(' ')
  }
  const set = Object.entries(env).map(([name, value]) => `$env:${name} = ${literal(value)}; `)
  return `${set.join('')}& ${words.map(literal).join(' ')}`
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function literal(word: string): string {
  return `'${word.replaceAll("'", "''")}'`
}
