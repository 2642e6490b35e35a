import { describe, expect, it } from 'vitest'
import { refusalSchema } from '../../shared/approvals/outcome.ts'
import { ERROR_CODES } from '../../shared/errors.ts'
import { problemOf } from '../support/docs/kosmo-words.ts'
import { readPage } from '../support/docs/pages.ts'
import { sourcesIn } from '../support/docs/source-text.ts'

const page = readPage('docs/troubleshooting.md')

/** As it stands in literals, without what only TypeScript needs there. */
const said = sourcesIn(['electron', 'shared', 'renderer', 'test/setup'])
  .map(({ text }) => text.replace(/\\(['"`$])/g, '$1'))
  .join('\n')

const codes: string[] = [...ERROR_CODES, ...refusalSchema.options.map(({ shape }) => shape.kind.value)]

/** Shorter ones say nothing. */
const LEAST = 4

/** What a person sees, a message a line, folded where it is long; `…` stands for what differs from time to time. */
const quoted = page.fences
  .filter(({ language, note }) => language === 'text' && note === '')
  .flatMap(({ text }) => text.replace(/\n {2}/g, ' ').split('\n'))
  .filter(line => line.trim() !== '')

describe('what troubleshooting quotes', () => {
  it('is plenty', () => expect(quoted.length).toBeGreaterThan(40))

  it.each(quoted)('%s', line => {
    const [, text = '', code] = /^(?:kosmo: |ERROR: )?(.*?)(?: \[([a-z_]+)[^\]]*\])?$/.exec(line) ?? []
    if (code !== undefined) expect(codes).toContain(code)
    const parts = text.split('…').map(part => part.trim())
    // A word or two would be found anywhere.
    expect(Math.max(...parts.map(({ length }) => length))).toBeGreaterThan(11)
    expect(parts.map(unsaid).filter(part => part !== undefined)).toEqual([])
  })

  it('would not be found where a word is wrong', () => {
    expect(unsaid('The keychain cannot be used: it is locked')).toBeUndefined()
    expect(unsaid('The keychain cannot be used: it is loked')).toBe('it is loked')
    expect(unsaid('Codex is not instaled here')).toBeDefined()
    expect(unsaid('the switch for every write is at deny')).toBe('write is at deny')
  })
})

/**
 * What of a text the program never says; undefined where nothing is. A message may be put together of two literals,
 * at a word's end; what is made of more has `…` where the others stand.
 */
function unsaid(text: string): string | undefined {
  if (text.length < LEAST || said.includes(text)) return undefined
  const ends = [...text.matchAll(/(?<=[ :,;(“"])/g)].map(({ index }) => index).reverse()
  const end = ends.find(each => said.includes(text.slice(0, each).trim())) ?? 0
  const rest = text.slice(end)
  return said.includes(rest) ? undefined : rest
}

/** One of each of these: a symptom without a way out helps nobody. */
const chapters = page.text.split(/^### /m).slice(1)

it.each(chapters.map(text => [text.split('\n')[0] ?? '', text] as const))(
  '%s: says what to do',
  (_, text) => {
    // What is quoted may name commands too, and is not ours to say.
    const own = text.replace(/```[\s\S]*?```/g, '')
    const commands = [...own.matchAll(/`(kosmo [^`]+)`/g)].map(([, span = '']) => span)
    const links = /\]\([^)]+\)/.test(own)
    expect(commands.length > 0 || links).toBe(true)
    expect(
      commands.map(line => problemOf(line.split(/\s+/))).filter(problem => problem !== undefined),
    ).toEqual([])
  },
)

it('every code of an error is in the table of mcp.md, and no other', () => {
  const { text } = readPage('docs/mcp.md')
  const listed = (heading: string) => {
    const [, rest = ''] = text.split(`\n## ${heading}\n`)
    const [table = ''] = rest.split('\n## ')
    return [...table.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, code]) => code).sort()
  }
  expect(listed('Codes of errors')).toEqual([...ERROR_CODES].sort())
  expect(listed('When a post does not go out')).toEqual(
    refusalSchema.options.map(({ shape }) => shape.kind.value).sort(),
  )
})
