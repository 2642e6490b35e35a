/** The names under which a person calls the command line. */
export const COMMAND_NAMES = ['kosmo', 'kosmokrator'] as const

/** What a start of ours on the PATH runs: absolute paths. */
export type Program = { node: string; script: string }

/** Marks the file as one of ours: another of that name is left alone. */
const MARK = 'Starts kosmo, the command of KosmoKrator. "kosmo shell:uninstall" removes this file.'

/** The file that puts the command on the PATH of Linux and macOS. */
export function shellShim({ node, script }: Program): string {
  return `#!/bin/sh\n# ${MARK}\nexec ${quoted(node)} ${quoted(script)} "$@"\n`
}

/**
 * The same for Windows: paths from its own folder on, where they can be, because cmd reads a file in the letters of the
 * console and the name of a person may not be among them.
 *
 * @param folder where the file will be; undefined: it cannot be said in a file for cmd
 */
export function cmdShim({ node, script }: Program, folder: string): string | undefined {
  const words = [node, script].map(path => cmdPath(path, folder))
  if (words.some(word => !/^[\x20-\x7e]+$/.test(word) || word.includes('"'))) return undefined
  return `@echo off\r\nrem ${MARK}\r\n${words.map(word => `"${word}"`).join(' ')} %*\r\n`
}

/** Whether a file is one of these. */
export function isShim(text: string): boolean {
  const second = text.split(/\r?\n/)[1]
  return second === `# ${MARK}` || second === `rem ${MARK}`
}

/** What a file for Linux and macOS runs; undefined where it is none of ours. */
export function programOfShim(text: string): Program | undefined {
  if (!isShim(text)) return undefined
  const [, node, script] = /^exec ('(?:[^']|'\\'')*') ('(?:[^']|'\\'')*') "\$@"$/m.exec(text) ?? []
  return node === undefined || script === undefined
    ? undefined
    : { node: unquoted(node), script: unquoted(script) }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}

function unquoted(word: string): string {
  return word.slice(1, -1).replaceAll("'\\''", "'")
}

function cmdPath(path: string, folder: string): string {
  const [there, here] = [path.split('\\'), folder.split('\\')]
  const shared = here.findIndex((name, at) => name.toLowerCase() !== there[at]?.toLowerCase())
  const common = shared === -1 ? here.length : shared
  // Of another drive there is no way from here.
  if (common === 0) return path.replaceAll('%', '%%')
  const up = '..\\'.repeat(here.length - common)
  return `%~dp0${up}${there.slice(common).join('\\').replaceAll('%', '%%')}`
}
