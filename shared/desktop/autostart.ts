/** Marks the file as one of ours: another of that name is left alone. */
const MARK = 'X-KosmoKrator-Autostart=true'

/** The text of the file by which a Linux desktop starts the app at login. @param command the program and its words */
export function autostartText(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=KosmoKrator',
    'Comment=Lets coding agents use Mattermost, while you keep the say',
    execLine(command),
    'Icon=dev.kosmokrator.App',
    'Terminal=false',
    MARK,
    '',
  ].join('\n')
}

/** What an autostart file says; desktops switch one off by a line in it. */
export function readAutostart(text: string | undefined): 'on' | 'off' | 'foreign' {
  if (text === undefined) return 'off'
  const lines = text.split(/\r?\n/).map(line => line.trim())
  if (!lines.includes(MARK)) return 'foreign'
  const isOff = lines.some(line => /^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)$/i.test(line))
  return isOff ? 'off' : 'on'
}

/** The program that a file of ours starts; undefined where its line is none that we write. */
export function programOfAutostart(text: string): string | undefined {
  const [, line] = /^Exec=(.*)$/m.exec(text) ?? []
  const words = line?.replace(/\\./g, pair => UNBROKEN[pair] ?? pair.slice(1))
  const [, word] = /^"((?:[^"\\]|\\.)*)"/s.exec(words ?? '') ?? []
  return word?.replace(/\\(.)/gs, '$1').replaceAll('%%', '%')
}

/** The text with another program in it; what a desktop or a person added stays. */
export function withProgram(text: string, command: readonly string[]): string {
  return text.replace(/^Exec=.*$/m, () => execLine(command))
}

function execLine(command: readonly string[]): string {
  return `Exec=${command.map(quoted).join(' ')}`
}

const BREAKS: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const UNBROKEN = Object.fromEntries(Object.entries(BREAKS).map(([plain, escaped]) => [escaped, plain]))

/** As the Desktop Entry Specification wants it: quotes around, then its own escapes, and `%` doubled. */
function quoted(word: string): string {
  const inner = word
    .replace(/(["`$\\])/g, '\\$1')
    .replaceAll('\\', '\\\\')
    .replace(/[\n\r\t]/g, character => BREAKS[character] ?? '')
    .replaceAll('%', '%%')
  return `"${inner}"`
}
