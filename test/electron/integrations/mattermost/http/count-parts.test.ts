import { expect, it } from 'vitest'
import { hasTooManyParts } from '../../../../../electron/integrations/mattermost/http/count-parts.ts'

const M = 1_000_000
const wordy = JSON.stringify(
  Array.from({ length: 1000 }, (_, id) => ({ id, message: '{,[\\"'.repeat(1000) })),
)

it.each<[what: string, json: string, tooMany: boolean]>([
  ['a million empty objects', `[${'{},'.repeat(M)}0]`, true],
  ['lists in lists', '['.repeat(3 * M), true],
  ['objects in objects', '{"a":'.repeat(2 * M), true],
  ['numbers', `[${'0,'.repeat(2 * M)}0]`, true],
  ['many after a text that ends with a backslash', `["\\\\",${'0,'.repeat(2 * M)}0]`, true],
  ['a small answer', `[${'{},'.repeat(600_000)}0]`, false],
  ['texts full of signs', wordy, false],
  ['a long text', JSON.stringify({ message: 'x,'.repeat(4 * M) }), false],
  [
    'a hundred thousand objects',
    JSON.stringify(Array.from({ length: 100_000 }, (_, id) => ({ id, a: 1 }))),
    false,
  ],
])('%s', (_, json, tooMany) => {
  expect(hasTooManyParts(Buffer.from(json))).toBe(tooMany)
})
