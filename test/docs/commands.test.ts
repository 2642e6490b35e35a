import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { problemOf } from '../support/docs/kosmo-words.ts'
import { allPages } from '../support/docs/pages.ts'
import { shellCommands } from '../support/docs/shell-commands.ts'

const pages = allPages().filter(({ path }) => path !== 'CHANGELOG.md')

describe.each(pages.map(page => [page.path, page] as const))('%s', (_, { fences, spans }) => {
  const shown = fences.filter(({ language }) => language === 'sh').flatMap(({ text }) => shellCommands(text))
  // In running text a bar without blanks stands between words to choose from.
  const named = spans.flatMap(span => span.split(' | ')).map(line => line.match(/'[^']*'|"[^"]*"|\S+/g) ?? [])

  it('knows no command and no flag of kosmo that there is not', () => {
    const problems = [...shown, ...named].map(words => {
      const problem = problemOf(words)
      return problem === undefined ? undefined : `${words.join(' ')}: ${problem}`
    })
    expect(problems.filter(problem => problem !== undefined)).toEqual([])
  })

  it('knows no script of npm that there is not', () => {
    const scripts = [...shown, ...named].flatMap(([program, word, name]) => {
      if (program !== 'npm') return []
      if (word === 'run') return [name ?? '']
      return word === 'test' || word === 'start' ? [word] : []
    })
    expect(scripts.filter(name => !Object.hasOwn(manifest.scripts, name))).toEqual([])
  })
})

describe('how commands are read', () => {
  it.each([
    ['a "b c" --d=\'e f\' # g', [['a', 'b c', '--d=e f']]],
    ['a | b && c; d > e < f 2>&1', [['a'], ['b'], ['c'], ['d']]],
    ['a \\\n  b\nc', [['a', 'b'], ['c']]],
    ['a ~x \'{"y": 1}\' -', [['a', '~x', '{"y": 1}', '-']]],
    ['a#b', [['a#b']]],
  ])('%j', (script, commands) => expect(shellCommands(script)).toEqual(commands))

  it.each([
    ['kosmo nosuch', 'there is no command "nosuch"'],
    ['kosmo policy --nosuch', 'kosmo policy has no flag --nosuch'],
    ['kosmo grants revok x', 'kosmo grants knows no "revok"'],
    [
      'kosmo integrations:call mattermost.list_posts --nosuch=1',
      'kosmo integrations:call has no flag --nosuch=1',
    ],
    ['kosmo integrations:call mattermost.list_posts --channel-id=~a', undefined],
    ['kosmo policy deny|ask|allow --client=NAME', undefined],
    ['ls --nosuch', undefined],
  ])('%s', (line, problem) => expect(problemOf(line.split(' '))).toBe(problem))
})
