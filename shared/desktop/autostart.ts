/** Marks the file as one of ours: another of that name is left alone. */
const MARK = 'X-KosmoKrator-Autostart=true'

/** The text of the file by which a Linux desktop starts the app at login. @param command the program and its words */
export function autostartText(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=KosmoKrator',
    'Comment=Lets coding agents use Mattermost, while you keep the say',
    `Exec=${command.map(quoted).join(' ')}`,
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

/** As the Desktop Entry Specification wants it: quotes around, then its own escapes, and `%` doubled. */
function quoted(word: string): string {
  const inner = word
    .replace(/(["`$\\])/g, '\\$1')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')
  return `"${inner}"`
}
