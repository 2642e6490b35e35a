export type Mapping = Record<string, unknown>

/** Whether a value of a configuration file is a mapping. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands at a place; undefined where the way there ends, or it is null, which is how YAML says nothing. */
export function at(value: unknown, place: readonly string[]): unknown {
  let found = value
  for (const key of place) {
    if (!isMapping(found) || !Object.hasOwn(found, key)) return undefined
    found = found[key]
  }
  return found ?? undefined
}
