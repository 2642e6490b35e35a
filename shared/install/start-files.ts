import type { PathSystem } from '../clients/client-paths.ts'

/** Shells whose start files we know. */
const SHELLS = ['sh', 'bash', 'zsh', 'fish'] as const

type Shell = (typeof SHELLS)[number]

/** A file that a shell reads when it starts, and the line that puts a folder on its PATH. */
export type StartFile = { shell: Shell; path: string; line: string }

/** The person's shell by what `SHELL` says; undefined where it is none that we know. */
export function shellOf({ variables }: PathSystem): Shell | undefined {
  const name = (variables.SHELL ?? '').split('/').at(-1)
  return name === 'dash' || name === 'ash' ? 'sh' : SHELLS.find(each => each === name)
}

/**
 * Where a shell is told of a folder. Bash reads one file at login and another in each window, so both are told.
 *
 * @param exists whether a file is there
 */
export function startFiles(
  shell: Shell,
  folder: string,
  system: PathSystem,
  exists: (path: string) => boolean,
): StartFile[] {
  const { userHome, variables } = system
  const place = folder.startsWith(`${userHome}/`)
    ? `$HOME${escaped(folder.slice(userHome.length))}`
    : escaped(folder)
  const of = (path: string) => ({ shell, path, line: shell === 'fish' ? fishLine(place) : shellLine(place) })
  const inHome = (name: string) => `${userHome}/${name}`
  switch (shell) {
    case 'sh':
      return [of(inHome('.profile'))]
    case 'bash': {
      const login = ['.bash_profile', '.bash_login', '.profile'].map(inHome)
      return [of(inHome('.bashrc')), of(login.find(exists) ?? inHome('.profile'))]
    }
    case 'zsh':
      return [of(`${absolute(variables.ZDOTDIR) ?? userHome}/.zshrc`)]
    case 'fish': {
      const config = absolute(variables.XDG_CONFIG_HOME) ?? inHome('.config')
      return [of(`${config}/fish/conf.d/kosmokrator.fish`)]
    }
  }
}

/** Every file in which there can be a line of ours. */
export function allStartFiles(system: PathSystem): string[] {
  const { userHome } = system
  const bash = ['.bash_profile', '.bash_login', '.profile'].map(name => `${userHome}/${name}`)
  const known = SHELLS.flatMap(shell => startFiles(shell, '', system, () => false).map(({ path }) => path))
  const usual = [`${userHome}/.zshrc`, `${userHome}/.config/fish/conf.d/kosmokrator.fish`]
  return [...new Set([...known, ...bash, ...usual])]
}

/** Whether a line is one that we write. */
export function isPathLine(line: string): boolean {
  return [shellLine, fishLine].some(make => {
    // The place stands in it twice.
    const start = make('|').indexOf('|')
    const size = (line.length - make('').length) / 2
    return size >= 0 && make(line.slice(start, start + size)) === line
  })
}

function shellLine(place: string): string {
  return `case ":$PATH:" in *":${place}:"*) ;; *) export PATH="${place}:$PATH" ;; esac`
}

function fishLine(place: string): string {
  return `contains -- "${place}" $PATH; or set -gx PATH "${place}" $PATH`
}

/** For double quotes. */
function escaped(text: string): string {
  return text.replace(/(["`$\\])/g, '\\$1')
}

function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path.replace(/\/+$/, '') : undefined
}
