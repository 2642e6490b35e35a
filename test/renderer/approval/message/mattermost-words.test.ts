import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mattermostWords } from '../../../../renderer/approval/message/mattermost-words.ts'

it.each([
  ['hi @grace.', ['mention @grace']],
  ['@channel @all @here', ['wide @channel', 'wide @all', 'wide @here']],
  ['@here-now and @all_of_you', ['wide @here', 'wide @all']],
  ['mail@example.org and a~b', []],
  ['~town-square, ~~gone~~', ['channel ~town-square']],
  ['#release #1 #ab', ['hashtag #release']],
  [':tada: :+1: :no_such_thing: 12:30:45', ['emoji :tada: 🎉', 'emoji :+1: 👍']],
])('%j has %j', (text, expected) => {
  const found = mattermostWords(text).flatMap(word => {
    if (word.kind === 'plain') return []
    return [`${word.kind} ${word.text}${word.kind === 'emoji' ? ` ${word.emoji}` : ''}`]
  })
  expect(found).toEqual(expected)
})

it('loses nothing of a text', () => {
  const text = fc
    .array(fc.constantFrom('@', '~', '#', ':', 'a', 'all', 'tada', ' ', '.', '-', '\u202e', 'é'), {
      maxLength: 30,
    })
    .map(parts => parts.join(''))
  fc.assert(
    fc.property(text, given => {
      expect(
        mattermostWords(given)
          .map(word => word.text)
          .join(''),
      ).toBe(given)
    }),
  )
})
