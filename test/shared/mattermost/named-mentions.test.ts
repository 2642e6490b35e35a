import { expect, it } from 'vitest'
import { namedMentions } from '../../../shared/mattermost/named-mentions.ts'

it.each([
  ['@grace and @bob, @grace again', ['grace', 'bob']],
  ['ask @Grace.', ['grace']],
  ['(@a.b-c_d)!', ['a.b-c_d']],
  ['@channel @all @here @HERE.', []],
  ['mail@example.org', []],
  ['@@twice', []],
  ['`@nobody` and @somebody', ['somebody']],
  ['```\n@nobody\n```\n@somebody', ['somebody']],
  ['&#64;grace', ['grace']],
  ['@ alone, @... nobody', []],
  ['日本@grace', []],
])('of %j are %j', (message, names) => {
  expect(namedMentions(message)).toEqual(names)
})
