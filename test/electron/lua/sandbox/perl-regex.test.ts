import { describe, expect, it } from 'vitest'
import { perlRegex } from '../../../../electron/lua/sandbox/perl-regex.ts'
import { match, matchAll, replace } from '../../../../electron/lua/sandbox/regex-functions.ts'

/** Pattern, subject, groups and what `<$0|$1>` makes of it: as preg_match and preg_replace of PHP 8.2 give them. */
const PHP: [pattern: string, subject: string, groups: Record<string, string> | null, replaced: string][] = [
  ['/(\\d+)-(\\d+)/', 'foo 12-34', { '1': '12-34', '2': '12', '3': '34' }, 'foo <12-34|12>'],
  ['(\\d+)', 'foo 12-34', { '1': '12' }, 'foo <12|>-<34|>'],
  ['/y/', 'x', null, 'x'],
  ['/hello/i', 'Hello', { '1': 'Hello' }, '<Hello|>'],
  ['/a.b/', 'a\nb', null, 'a\nb'],
  ['/a.b/s', 'a\nb', { '1': 'a\nb' }, '<a\nb|>'],
  ['/^b$/', 'a\nb', null, 'a\nb'],
  ['/^b$/m', 'a\nb', { '1': 'b' }, 'a\n<b|>'],
  ['/b$/', 'ab\n', { '1': 'b' }, 'a<b|>\n'],
  ['/b$/D', 'ab\n', null, 'ab\n'],
  [
    '/(?P<y>\\d{4})-(?<m>\\d\\d)/',
    '2024-05',
    { '1': '2024-05', '2': '2024', '3': '05', y: '2024', m: '05' },
    '<2024-05|2024>',
  ],
  ['/(a)\\1/', 'aa', { '1': 'aa', '2': 'a' }, '<aa|a>'],
  ['/(?P<p>ab)(?P=p)/', 'abab', { '1': 'abab', '2': 'ab', p: 'ab' }, '<abab|ab>'],
  ['~x\\#y~', 'x#y', { '1': 'x#y' }, '<x#y|>'],
  ['#a/b#', 'a/b', { '1': 'a/b' }, '<a/b|>'],
  ['{\\{x\\}}', '{x}', { '1': '{x}' }, '<{x}|>'],
  ['/a++b/', 'aaa', null, 'aaa'],
  ['/(?>a+)b/', 'aaab', { '1': 'aaab' }, '<aaab|>'],
  ['/foo(?=bar)/', 'foobar', { '1': 'foo' }, '<foo|>bar'],
  ['/(?<!x)bar/', 'foobar', { '1': 'bar' }, 'foo<bar|>'],
  ['/^\\w+$/', 'ünï', null, 'ünï'],
  ['/^\\w+$/u', 'ünï', { '1': 'ünï' }, '<ünï|>'],
  ['/\\d/', '٣', null, '٣'],
  ['/\\d/u', '٣', { '1': '٣' }, '<٣|>'],
  ['/a \\s b/x', 'a b', { '1': 'a b' }, '<a b|>'],
  ['/a\\x20b/x', 'a b', { '1': 'a b' }, '<a b|>'],
  ['/X/', 'aXbXc', { '1': 'X' }, 'a<X|>b<X|>c'],
  ['/(x)?foo(y)?/', 'foo', { '1': 'foo' }, '<foo|>'],
  ['/(x)?(f)oo/', 'foo', { '1': 'foo', '2': '', '3': 'f' }, '<foo|>'],
  ['/\\[(\\w+)\\]/', '[tag]', { '1': '[tag]', '2': 'tag' }, '<[tag]|tag>'],
  ['/\\h/', 'tab\there', { '1': '\t' }, 'tab<\t|>here'],
  ['/h.llo/u', 'héllo', { '1': 'héllo' }, '<héllo|>'],
  ['/^.$/u', '😀', { '1': '😀' }, '<😀|>'],
  ['/b/A', 'abc', null, 'abc'],
  ['/b/A', 'bcd', { '1': 'b' }, '<b|>cd'],
  ['/<(\\w+)>(.*?)<\\/\\1>/', '<b>x</b>', { '1': '<b>x</b>', '2': 'b', '3': 'x' }, '<<b>x</b>|b>'],
  [
    '/(?<k>\\w+):\\s*(?<v>.*)/',
    'key: val',
    { '1': 'key: val', '2': 'key', '3': 'val', k: 'key', v: 'val' },
    '<key: val|key>',
  ],
  ['/[[:punct:]]/', 'a.b', { '1': '.' }, 'a<.|>b'],
  ['/(?i)abc/', 'AbC', { '1': 'AbC' }, '<AbC|>'],
  ['/a(?i)bc/', 'AbC', null, 'AbC'],
  ['/(\\w)=(\\d)/', 'x=1;y=2', { '1': 'x=1', '2': 'x', '3': '1' }, '<x=1|x>;<y=2|y>'],
  ['/a\\\\b/', 'a\\b', { '1': 'a\\b' }, '<a\\b|>'],
  ['/\\((?:[^()]|(?R))*\\)/', '((()))', { '1': '((()))' }, '<((()))|>'],
  ['/\\Qo.b\\E/', 'foo.bar', { '1': 'o.b' }, 'fo<o.b|>ar'],
  ['/\\R/', 'line1\r\nline2', { '1': '\r\n' }, 'line1<\r\n|>line2'],
  ['/\\bword\\b/', 'word', { '1': 'word' }, '<word|>'],
  ['/a\\Kb/', 'ab', { '1': 'b' }, 'a<b|>'],
  ['/\\d+%/', '100%', { '1': '100%' }, '<100%|>'],
  ['/\\A a\\z/x', 'a', { '1': 'a' }, '<a|>'],
  ['/^(?:f|b)oo\\Z/', 'foo', { '1': 'foo' }, '<foo|>'],
  ['/-{2}x/', '--x', { '1': '--x' }, '<--x|>'],
  ['/\\$\\d/', '$5', { '1': '$5' }, '<$5|>'],
]

describe('regular expressions as PHP has them', () => {
  it.each(PHP)('%s on %j', (pattern, subject, groups, replaced) => {
    const found = match(subject, pattern)
    expect(found && Object.fromEntries(found)).toEqual(groups)
    expect(replace(subject, pattern, '<$0|$1>', -1)).toBe(replaced)
  })

  it('finds all matches, by group or one after the other', () => {
    const byGroup = matchAll('a1 b2', '/([a-z])(?<digit>\\d)/', 1)
    expect(Object.fromEntries(byGroup as Map<string, string[]>)).toEqual({
      1: ['a1', 'b2'],
      2: ['a', 'b'],
      3: ['1', '2'],
      digit: ['1', '2'],
    })
    const inTurn = matchAll('a1 b2', '/([a-z])(\\d)/', 2) as Map<number, string>[]
    expect(inTurn.map(groups => [...groups.values()])).toEqual([
      ['a1', 'a', '1'],
      ['b2', 'b', '2'],
    ])
    expect(matchAll('x', '/y/', 2)).toEqual([])
  })

  it('replaces as often as it is told, and knows groups by three names', () => {
    expect(replace('o o o', '/o/', '0', 2)).toBe('0 0 o')
    expect(replace('o o o', '/o/', '0', 0)).toBe('o o o')
    expect(replace('john smith', '/(\\w+) (\\w+)/', ['$2 \\1 $', '{2}1'].join(''), -1)).toBe(
      'smith john smith1',
    )
    expect(replace('abc', '/x*/', '-', -1)).toBe('-a-b-c-')
  })

  it.each([
    ['/(/', 'is not a pattern'],
    ['/a/q', 'the flag "q" is not known'],
    ['/a/U', 'the flag "U" is not known'],
    ['/[z-a]/', 'is not a pattern'],
  ])('%s is refused with a sentence', (pattern, why) => {
    expect(() => perlRegex(pattern)).toThrow(why)
  })

  it('a pattern without delimiters is one as well', () => {
    expect(match('a 12', '\\d+')?.get(1)).toBe('12')
    expect(match('foo', 'o+')?.get(1)).toBe('oo')
    expect(match('12-34', '(\\d+)-(\\d+)')?.get(3)).toBe('34')
  })
})
