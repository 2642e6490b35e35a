import { isId, NAME_PATTERN, USERNAME_PATTERN } from '../../../../shared/mattermost/ids.ts'

declare const checked: unique symbol

/** A path below `/api/v4` that can lead nowhere else. */
export type Route = string & { readonly [checked]: true }

/**
 * Builds a path out of fixed text and ids or names.
 *
 * Encoding is no defence: URL parsers resolve `..` even encoded, and the server cleans paths too. So every value must
 * be an id or a name by pattern; anything else is a fault of ours and throws before a request exists.
 */
export function route(texts: TemplateStringsArray, ...values: string[]): Route {
  let path = texts[0] ?? ''
  values.forEach((value, index) => {
    if (!isSafe(value)) throw new Error('A value that is neither an id nor a name was about to enter a URL')
    path += value + (texts[index + 1] ?? '')
  })
  return path as Route
}

function isSafe(value: string): boolean {
  if (/^\.+$/.test(value)) return false
  return isId(value) || NAME_PATTERN.test(value) || USERNAME_PATTERN.test(value)
}
