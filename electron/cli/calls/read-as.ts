export type ReadValue = { kind: 'value'; value: unknown } | { kind: 'wrong'; takes: string }

/**
 * A word of a command line as a value of the type that is asked for, a `type` of JSON Schema. What asks for text gets
 * text: a message of digits is not a number.
 */
export function readAs(type: unknown, word: string): ReadValue {
  switch (type) {
    case 'integer':
      return /^-?\d{1,15}$/.test(word) ? value(Number(word)) : wrong('a whole number')
    case 'number':
      return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(word) ? value(Number(word)) : wrong('a number')
    case 'boolean':
      return word === 'true' || word === 'false' ? value(word === 'true') : wrong('true or false')
    case 'array':
    case 'object':
      return parsed(word, type)
    default:
      return value(word)
  }
}

function parsed(word: string, type: 'array' | 'object'): ReadValue {
  const takes = type === 'array' ? 'a JSON array' : 'a JSON object'
  try {
    const json: unknown = JSON.parse(word)
    const isFitting = type === 'array' ? Array.isArray(json) : isPlainObject(json)
    return isFitting ? value(json) : wrong(takes)
  } catch {
    return wrong(takes)
  }
}

function isPlainObject(json: unknown): boolean {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function value(read: unknown): ReadValue {
  return { kind: 'value', value: read }
}

function wrong(takes: string): ReadValue {
  return { kind: 'wrong', takes }
}
