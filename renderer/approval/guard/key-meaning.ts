/** A key that went down, as far as its meaning depends on it. */
export type KeyPress = {
  /** As browsers name it, e.g. `Enter`, `a`. */
  key: string
  /** It is held down. */
  isRepeat: boolean
  /** Together with Control, Alt or Meta. */
  hasCommand: boolean
  /** Of a word that is being put together, e.g. in Japanese. */
  isComposing: boolean
  where: KeyPlace
}

/**
 * Where the focus is: in a text that can be typed in, at something that takes letters and arrows (a list of choices,
 * tabs), at a button or link, in a dialog over the page, or nowhere in particular.
 */
export type KeyPlace = 'text' | 'choice' | 'control' | 'dialog' | 'page'

export type KeyMeaning =
  /** The browser's and the focused element's own business. */
  | 'theirs'
  /** It means nothing, or cannot be meant: its typist seems to be somewhere else. */
  | 'absorbed'
  | 'deny'
  | 'later'
  | 'scroll'

const SCROLLS = new Set(['PageDown', 'PageUp', 'Home', 'End', 'ArrowDown', 'ArrowUp'])

/** What a key means in the approval window, once the grace is over. */
export function keyMeaning({ key, isRepeat, hasCommand, isComposing, where }: KeyPress): KeyMeaning {
  if (isComposing || hasCommand) return 'theirs'
  const activates = key === 'Enter' || key === ' '
  // Held down since before the window was there.
  if (activates && isRepeat && where !== 'text') return 'absorbed'
  if (where === 'dialog') return isLetter(key) && !activates ? 'absorbed' : 'theirs'
  if (key === 'Escape') return 'later'
  if (where === 'text' || where === 'choice') return 'theirs'
  if (SCROLLS.has(key)) return 'scroll'
  if (where === 'page' && key === 'Enter') return 'deny'
  if (where === 'page' && key === ' ') return 'scroll'
  return isLetter(key) && !activates ? 'absorbed' : 'theirs'
}

/** One character, and not the name of a key. */
function isLetter(key: string): boolean {
  return Array.from(key).length === 1
}
