const ESCAPES: Record<string, string> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
}

/** What stands inside a basic string, without its escapes. */
export function unescapeToml(inner: string): string {
  return inner.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))/gu,
    (_, short?: string, long?: string, byte?: string, sign = '') => {
      const hex = short ?? long ?? byte
      return hex === undefined ? (ESCAPES[sign] ?? sign) : String.fromCodePoint(Number.parseInt(hex, 16))
    },
  )
}

/** A string as TOML writes it: literal where it has backslashes, as the paths of Windows do, else basic. */
export function tomlString(value: string): string {
  if (value.includes('\\') && !/['\p{Cc}]/u.test(value)) return `'${value}'`
  // JSON's escapes are TOML's too, and TOML wants one more.
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f')
}

/** A key as TOML writes it. */
export function tomlKey(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name).replaceAll('\u007f', '\\u007f')
}
