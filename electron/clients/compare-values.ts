import { isDeepStrictEqual } from 'node:util'

/** Whether two values of settings say the same, whoever parsed them. */
export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other))
}

/** Whether a value says everything that another says, and perhaps more. */
export function holds(whole: unknown, part: unknown): boolean {
  if (!isRecord(part)) return isSame(whole, part)
  return isRecord(whole) && Object.entries(part).every(([key, value]) => holds(own(whole, key), value))
}

/** What of an entry is not as it was written, a few words each; never a value, which may be a secret. */
export function differences(written: unknown, found: unknown, path = ''): string[] {
  if (!isRecord(written) || !isRecord(found)) return isSame(written, found) ? [] : [`${path} was changed`]
  const below = (key: string) => (path === '' ? key : `${path}.${key}`)
  return [
    ...Object.keys(written).flatMap(key =>
      Object.hasOwn(found, key)
        ? differences(own(written, key), own(found, key), below(key))
        : [`${below(key)} was removed`],
    ),
    ...Object.keys(found).flatMap(key => (Object.hasOwn(written, key) ? [] : [`${below(key)} was added`])),
  ]
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Without the prototypes of parsers. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (!isRecord(value)) return value
  return new Map(Object.entries(value).map(([key, each]) => [key, plain(each)]))
}
