import type * as z from 'zod'
import { KosmoError } from '../../shared/errors.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'

/** What a function takes, of what was given. @throws KosmoError `invalid_input` that names each argument */
export function parseInput(schema: z.ZodType, given: Record<string, unknown>): unknown {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.slice(0, 5).map(issue => describeIssue(issue, given))
  throw new KosmoError('invalid_input', `${problems.join('; ')}. Nothing was sent.`)
}

/** A zod issue in words of ours: zod's own may quote what was given. */
function describeIssue(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const field = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return `unknown argument ${issue.keys
      .slice(0, 5)
      .map(key => `"${ellipsis(cleanLine(key), 40)}"`)
      .join(', ')}`
  }
  if (given[field] === undefined) return `${field} is required`
  switch (issue.code) {
    case 'invalid_type':
      return `${field} must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`
    case 'too_small':
      return issue.origin === 'string'
        ? `${field} must not be empty`
        : `${field} must be at least ${issue.minimum}`
    case 'too_big':
      return `${field} must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`
    case 'invalid_value':
      return `${field} must be one of ${issue.values.map(String).join(', ')}`
    default:
      return `${field} is not valid`
  }
}
