import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wideMentions } from '../../../shared/mattermost/wide-mentions.ts'

const FENCE = '```'

describe('outside code', () => {
  it.each([
    ['@channel', ['channel']],
    ['@ALL and @Here', ['all', 'here']],
    ['@here @here', ['here']],
    ['(@channel)', ['channel']],
    ['**@all**', ['all']],
    ['_@here_', ['here']],
    ['hi,@all!', ['all']],
    ['@all_of_you', ['all']],
    ['@here-now', ['here']],
    ['@channel.', ['channel']],
    ['.@channel', ['channel']],
    ['a.@channel', ['channel']],
    ['@all: lunch', ['all']],
    ['> @all', ['all']],
    ['# @all', ['all']],
    ['[@here](https://example.test)', ['here']],
    ['\\@all', ['all']],
    ['~~@here~~', ['here']],
    ['日本 @all 日本', ['all']],
    ['@here\u0301', ['here']],
  ])('%j notifies', (message, found) => {
    expect(wideMentions(message)).toEqual(found)
  })

  it.each([
    '',
    'all',
    '@alls',
    '@channels',
    '@her',
    'a@here',
    'mail@all',
    '@@here',
    '@here@x',
    '@allä',
    '@all2',
  ])('%j does not', message => {
    expect(wideMentions(message)).toEqual([])
  })
})

describe('inside code', () => {
  it.each([
    ['a code span', 'type `@all` for that'],
    ['a code span of two backticks', '``@all ` x``'],
    ['a fenced block', `${FENCE}\n@all\n${FENCE}`],
    ['a fenced block with a language', `${FENCE}js\n@all\n${FENCE}\nafter`],
    ['a fenced block with CRLF', `${FENCE}\r\n@all\r\n${FENCE}\r\n`],
    ['a block fenced by more backticks', `${FENCE}\`\n${FENCE}\n@all\n${FENCE}\``],
    ['a block fenced by tildes', '~~~\n@all\n~~~'],
    ['a block that is never closed', `${FENCE}\n@all\n\nmore @here`],
  ])('%s does not notify', (_, message) => {
    expect(wideMentions(message)).toEqual([])
  })
})

describe('next to code', () => {
  it.each([
    ['after a code span', '`a` @all'],
    ['in a code span over two lines, which the server may pair otherwise', '`a\n@all`'],
    ['between two code spans', '`a` @all `b`'],
    ['after an escaped backtick', '\\`@all`'],
    ['between escaped backticks', '\\`@all\\`'],
    ['after a backtick that nothing closes', '`a @all'],
    ['after backticks that fewer do not close', '``a @all `'],
    ['in the next paragraph', '`a\n\n@all `'],
    ['after a closed block', `${FENCE}\ncode\n${FENCE}\n@all`],
    ['after a block with a blank line in it', `${FENCE}\na\n\nb\n${FENCE}\n@all`],
    ['before a block', `@all\n${FENCE}\ncode\n${FENCE}`],
    ['between two blocks', `${FENCE}\na\n${FENCE}\n@all\n${FENCE}\nb\n${FENCE}`],
    ['in the info line of what is no fence', `${FENCE}a\`b @all`],
  ])('%s it notifies', (_, message) => {
    expect(wideMentions(message)).toEqual(['all'])
  })
})

/*
 * What the server takes for text although it looks like code: read off its own parser (server/public/shared/markdown
 * and mention_parser_standard.go of mattermost/mattermost). To miss one of these is to notify everybody unasked.
 */
describe('what only looks like code notifies', () => {
  it.each([
    ['after a block of tildes with a blank line in it', '~~~\na\n\nb\n~~~\n@all'],
    ['after a block with a line that is no closing fence', `${FENCE}\n${FENCE}~~~\n${FENCE}\n@all`],
    ['under tildes with a backtick, which are no fence', '~~~`\n@all'],
    ['after a fence that a paragraph’s indented line opened', `a\n    ${FENCE}\nb\n${FENCE}\n@all`],
    ['below a fence that ended with its quote', `> ${FENCE}\n@all\n> ${FENCE}`],
    ['below a fence that ended with its list item', `- ${FENCE}\n@all\n${FENCE}`],
    ['in a quote that ends the paragraph of a backtick', '`a\n> @all `'],
    ['in a list item that ends the paragraph of a backtick', '`a\n- @all `'],
    ['behind the backtick of a link’s address', 'https://example.test/` @all `'],
    ['behind the backtick of a link’s destination', '[a](`) @all `'],
    ['behind an indented block that ends in a backtick', '    `\n@all `'],
    ['behind a code span after an escaped backtick', '\\``a` @all `'],
  ])('%s', (_, message) => {
    expect(wideMentions(message)).toEqual(['all'])
  })

  it.each([
    ['a decimal reference', '&#64;all'],
    ['a hexadecimal reference', '&#x40;all'],
    ['a named reference', '&commat;all'],
    ['a reference in the word', '@a&#108;l'],
  ])('written with %s', (_, message) => {
    expect(wideMentions(message)).toEqual(['all'])
  })
})

describe('whatever the message', () => {
  it('only the three words are found, each once, and it ends soon', () => {
    const piece = fc.constantFrom(
      '@all',
      '@here',
      '@channel',
      '`',
      '``',
      FENCE,
      '~~~',
      '\n',
      ' ',
      '\\',
      '> ',
      'a',
      '    ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
        const found = wideMentions(pieces.join(''))
        expect(found.filter(name => !['all', 'here', 'channel'].includes(name))).toEqual([])
        expect(new Set(found).size).toBe(found.length)
      }),
    )
  })

  it('a mention before any backtick or tilde is always found', () => {
    fc.assert(
      fc.property(fc.string(), rest => {
        expect(wideMentions(`@all ${rest}`)).toContain('all')
      }),
    )
  })

  it.each([
    ['backticks and blanks', '` '.repeat(8_000)],
    ['ever longer runs', Array.from({ length: 180 }, (_, run) => '`'.repeat(run)).join('a')],
    ['open fences', `${FENCE}\n`.repeat(4_000)],
    ['tilde fences', '~~~\n'.repeat(4_000)],
    ['one long run', '`'.repeat(16_000)],
  ])('of the longest kind, %s, is read before anybody gives up', { timeout: 30_000 }, (_, message) => {
    expect(wideMentions(`${message} x`).length).toBeLessThanOrEqual(3)
  })
})
