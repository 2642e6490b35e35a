import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { riskLines, risksOf } from '../../../shared/approvals/risks.ts'
import { hostileText } from '../../support/mcp/hostile-text.ts'

const PIECES = [
  ...['[', ']', '(', ')', '<', '>', '!', '\\', '\n', ' ', '"', '`', ':', '//', '/', '@', '&#58;', '[a]: '],
  ...['https://a.com', 'www.b.org', 'http://', '](', '![', 'javascript:', 'pаypal', 'token=', 'ghp_', 'eyJ'],
  ...['\u202e', '\u200b', '👩‍💻', 'x'.repeat(40), '12ab'.repeat(9), '.'],
]
const anyText = fc.oneof(
  hostileText,
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map(pieces => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

describe('risksOf', () => {
  it('finds nothing in a plain text', () => {
    const risks = risksOf(
      'Deploy is done, see #4711. Ask @bob or read notes.md (it is e.g. in docs/v1.2.3) 👩‍💻❤️',
    )
    expect(risks).toEqual({
      links: [],
      moreHosts: 0,
      previewed: false,
      unseen: [],
      mixedScripts: [],
      secrets: [],
    })
    expect(riskLines(risks)).toEqual([])
  })

  it.each([
    ['a bare link', 'see https://a.com', true],
    ['a Markdown link', '[x](a.com)', true],
    ['an address', '[x](mailto:a@b.com)', false],
    ['a link within the server', '[x](/eng/channels/dev)', false],
  ])('says of %s whether the server fetches it', (_, text, previewed) => {
    expect(risksOf(text).previewed).toBe(previewed)
  })

  it('takes any text, and tells short lines without anything unseen', () => {
    fc.assert(
      fc.property(anyText, text => {
        const risks = risksOf(text)
        const lines = riskLines(risks)
        expect(risks.links.length).toBeLessThanOrEqual(20)
        for (const { url } of risks.links) expect(Array.from(url).length).toBeLessThanOrEqual(200)
        for (const line of lines) {
          expect(Array.from(line).length).toBeLessThanOrEqual(240)
          expect(line).not.toMatch(/[\n\r\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  // A quadratic one of these takes minutes for 65,536 characters; all of them together take a second.
  it.each([
    ...[
      '[',
      ']',
      '](',
      '](<',
      '][',
      '![',
      '](x)',
      '[](',
      '[a](<',
      '([',
      '[a]: ',
      '[a]:\n',
      '> [a]: x\n',
      '\\[',
    ],
    ...[
      'http://',
      'http://a.com/',
      'www.',
      'www.a.',
      'a',
      'a.',
      'a-',
      '(',
      ')',
      '<',
      '://',
      'https://a(',
      'x@',
    ],
    ...[
      'eyJ',
      'eyJaaaaaaaa.',
      'eyJaaaaaaaa.eyJaaaaaaaa.',
      'ghp_',
      'xoxb-',
      'sk-',
      'AKIA',
      '-----BEGIN ',
      'AIza',
    ],
    ...[
      '-----BEGIN A',
      'bearer ',
      'password',
      'password = ',
      'token:',
      'token=""',
      'a1',
      'http://a:',
      'a://b:c',
    ],
    ...[
      ' ',
      '\t',
      '\n',
      '_',
      '*',
      '&#',
      '&amp;',
      'а',
      'aа',
      '\u200b',
      '\u202ea',
      '\ufe0f',
      '\u200d',
      '👩\u200d',
    ],
    ...[
      '![a',
      '![a](b',
      '[a][',
      '[a][b',
      '[https://a.com',
      '[https://a.com](https://b.com)',
      '[a.com](b.com) ',
    ],
  ])(
    'takes no longer than a text deserves for one of nothing but %j',
    piece => {
      for (const size of [16_384, 65_536]) {
        const text = piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
        for (const one of [text, `[a]: x\n${text}`, `${text}](https://a.com)`]) riskLines(risksOf(one))
      }
    },
    5_000,
  )

  it('takes no longer for many hosts, names and secrets', () => {
    const lines = (make: (nth: number) => string) =>
      Array.from({ length: 3_000 }, (_, nth) => make(nth)).join('\n')
    risksOf(lines(nth => `https://h${nth}.com/${nth}`))
    risksOf(lines(nth => `[l${nth}]: h${nth}.com`))
    risksOf(lines(nth => `[l${nth}][l${nth}]`))
    risksOf(lines(nth => `token=${nth}abcdefgh${nth}`))
    risksOf(lines(nth => `pаy${nth}`))
  }, 30_000)
})

describe('riskLines', () => {
  it('tells the worst first, each in a sentence', () => {
    const text = [
      'See [https://good.com](https://evil.com/x) and ![](http://pic.net/a.png) http://pic.net www.more.org',
      'pаypal \u202eab\u200b\u200b',
      'token: ghp_0123456789abcdefghijklmnopqrstuvwxyz',
    ].join('\n')
    expect(riskLines(risksOf(text))).toEqual([
      'Looks like a secret: GitHub token (ghp_…wxyz).',
      'A link shows good.com but leads to evil.com.',
      'Characters that do not show: U+200B zero-width space ×2, U+202E bidi override.',
      'Letters that only look Latin: "pаypal".',
      'Links to evil.com, pic.net ×2 (image), good.com, www.more.org.',
      'The server fetches a posted link to show a preview of it.',
    ])
  })

  it('keeps the end of a long host, which says whose it is', () => {
    const [line] = riskLines(risksOf(`https://${'good.com.'.repeat(20)}evil.com`))
    expect(line).toMatch(/^Links to ….{40,60}evil\.com\.$/)
  })

  it('says how many hosts there are beyond those that are named', () => {
    const text = Array.from({ length: 25 }, (_, nth) => `http://h${nth}.de`).join(' ')
    expect(risksOf(text)).toMatchObject({ links: { length: 20 }, moreHosts: 5 })
    expect(riskLines(risksOf(text))[0]).toMatch(/ 5 more\.$/)
  })
})
