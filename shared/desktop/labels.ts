import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'

const MOST_CLIENT = 32
const MOST_PLACE = 40
const MOST_FOLDER = 48

/** What clients call themselves, where people know them by another name. */
const KNOWN: Record<string, string> = {
  codex: 'Codex',
  'codex-mcp-client': 'Codex',
  'claude-code': 'Claude Code',
  'claude-ai': 'Claude',
  'cursor-vscode': 'Cursor',
}

/**
 * A client's name for itself as people read it: one short line of letters, digits and a few signs. A client chooses
 * it, so nothing is left in it that could stand for the arrow and the channel behind it.
 */
export function clientLabel(name: string): string {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined
  if (known !== undefined) return known
  const plain = cleanLine(cleanLine(name).replace(/[^\p{L}\p{M}\p{N} ._()+-]/gu, ' '))
  return plain === '' ? 'A client' : ellipsis(plain, MOST_CLIENT)
}

/** A channel as a request names it, e.g. `~release-train` or `@bob`. */
export function placeLabel(place: string): string {
  const plain = cleanLine(place)
  return plain === '' ? 'a channel' : ellipsis(plain, MOST_PLACE)
}

/** A folder as people write it, its end where it is long. @param home the person's home directory */
export function folderLabel(folder: string, home: string): string {
  const plain = cleanLine(folder)
  const root = home.replace(/[/\\]+$/, '')
  const isInside = root !== '' && plain.startsWith(root) && /^([/\\]|$)/.test(plain.slice(root.length))
  const short = isInside ? `~${plain.slice(root.length)}` : plain
  if (short === '') return 'a folder that is gone'
  const characters = Array.from(short)
  return characters.length <= MOST_FOLDER ? short : `…${characters.slice(1 - MOST_FOLDER).join('')}`
}

/** A text as the label of a menu's item, where `&` would mark a key. */
export function menuLabel(text: string): string {
  return text.replaceAll('&', '&&')
}
