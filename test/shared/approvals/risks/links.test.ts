import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linksIn } from '../../../../shared/approvals/risks/links.ts'

const hosts = (text: string) => linksIn(text).links.map(({ host }) => host)
const only = (text: string) => linksIn(text).links[0]

describe('linksIn', () => {
  it.each([
    ['a bare one', 'see https://a.com/x, please', 'https://a.com/x'],
    ['one in brackets', '(https://a.com/x)', 'https://a.com/x'],
    ['one with brackets of its own', 'https://a.com/x_(y).', 'https://a.com/x_(y)'],
    ['www', 'see www.a.com!', 'www.a.com'],
    ['angled', '<https://a.com/x>', 'https://a.com/x'],
    ['in a sentence of another script', '見てhttps://a.com/x', 'https://a.com/x'],
    ['inline', '[x](https://a.com/x)', 'https://a.com/x'],
    ['inline without a scheme', '[x](a.com/x)', 'a.com/x'],
    ['inline with a title', '[x](https://a.com/x "title")', 'https://a.com/x'],
    ['inline and angled', '[x](<https://a.com/x y>)', 'https://a.com/x y'],
    ['inline, behind a space and never closed', '[x](  https://a.com/x', 'https://a.com/x'],
    ['inline, with two slashes alone', '[x](//a.com)', '//a.com'],
    ['inline with backslashes', '[x](https:\\\\\\\\a.com)', 'https:\\\\a.com'],
    ['by character references', '[x](&#104;ttps&colon;&#x2f;&sol;a&period;com)', 'https://a.com'],
    ['by escapes', '[x](https\\:\\/\\/a.com)', 'https://a.com'],
    ['by reference', '[x][one]\n\n[One]: https://a.com/x', 'https://a.com/x'],
    ['by reference, on the next line', '[one]\n\n[one]:\n  <https://a.com/x>', 'https://a.com/x'],
    ['a reference that nothing uses', '[one]: a.com/x', 'a.com/x'],
    ['with somebody before it', 'https://good.com@a.com/', 'https://good.com@a.com/'],
    ['without a colon before its port', '[x](a.com:8080/x)', 'a.com:8080/x'],
  ])('finds %s', (_, text, url) => {
    expect(linksIn(text)).toMatchObject({ links: [{ url }], more: 0 })
    expect(hosts(text)[0]?.replace(/^www\./, '')).toBe('a.com')
  })

  it.each([
    'no link at all',
    'a.com',
    'e.g. notes.md, 1.2.3 and x://',
    '[x](/eng/channels/dev)',
    '[x](#part) [ ] [x] ](',
    '@all ~dev :+1:',
  ])('finds none in %j', text => {
    expect(linksIn(text).links).toEqual([])
  })

  it('shows hosts as browsers ask for them', () => {
    expect(hosts('https://Bücher.DE https://аррӏе.com http://0x7f.1/ http://[::1]:8065')).toEqual([
      'xn--bcher-kva.de',
      'xn--80ak6aa92e.com',
      '127.0.0.1',
      '[::1]',
    ])
  })

  it('takes no angle bracket that is never closed for a target', () => {
    expect(hosts('[x](<[ https://a.com/x')).toEqual(['a.com'])
  })

  it('names the scheme where there is no host', () => {
    expect(hosts('[a](mailto:bob@corp.com) [b](javascript:alert(1)) [c](data:text/html,x)')).toEqual([
      'mailto:',
      'javascript:',
      'data:',
    ])
  })

  it('counts by host and marks images', () => {
    const { links } = linksIn('![](http://a.com/1) http://a.com/2 [x](http://a.com/3) http://b.com')
    expect(links).toEqual([
      { url: 'http://a.com/1', host: 'a.com', count: 3, image: true, mismatch: false },
      { url: 'http://b.com', host: 'b.com', count: 1, image: false, mismatch: false },
    ])
  })

  it('counts a link whose text is its own address once', () => {
    expect(linksIn('[https://a.com/x](https://a.com/x)').links).toMatchObject([{ host: 'a.com', count: 1 }])
  })

  it('finds an image inside a link and where that leads', () => {
    const { links } = linksIn('[![x](http://pic.net/a.png)](http://a.com)')
    expect(links).toMatchObject([
      { host: 'pic.net', image: true },
      { host: 'a.com', image: false },
    ])
  })

  it.each([
    ['a whole address', '[https://good.com/login](https://evil.com)', 'good.com'],
    ['a name', '[good.com](https://evil.com)', 'good.com'],
    ['a name in bold, with unseen characters', '[**go\u200bod.com**](https://evil.com)', 'good.com'],
    ['www', '[www.good.xyz1](https://evil.com)', 'www.good.xyz1'],
    ['a name under another', '[evil.com.good.com](https://evil.com)', 'evil.com.good.com'],
    ['a name of the same ending', '[bank.example](https://evil.example)', 'bank.example'],
    ['a host without dots', '[http://intranet/x](https://evil.com)', 'intranet'],
    ['a reference', '[good.com][1]\n\n[1]: https://evil.com', 'good.com'],
    ['a reference by its own text', '[good.com]\n\n[good.com]: https://evil.com', 'good.com'],
    ['an image', '![good.com](https://evil.com/a.png)', 'good.com'],
    ['another behind its own', '[https://evil.com https://good.com](https://evil.com)', 'good.com'],
  ])('marks a link that shows %s and leads elsewhere', (_, text, shown) => {
    const link = linksIn(text).links[0]
    expect(link).toMatchObject({ mismatch: true, shown })
    expect(link?.host).toMatch(/evil/)
  })

  it.each([
    '[a.com](https://a.com/x)',
    '[www.a.com](https://a.com)',
    '[a.com](https://www.a.com)',
    '[create-post.ts](https://github.com/x)',
    '[v1.2.3](https://github.com/x)',
    '[docs](https://a.com)',
    '[Bücher.de](https://xn--bcher-kva.de)',
    '[bob@corp.com](mailto:bob@corp.com)',
    '[e.g. this](https://a.com)',
    '[the dev app](https://a.com)',
  ])('marks nothing in %s', text => {
    expect(only(text)).toMatchObject({ mismatch: false })
    expect(only(text)).not.toHaveProperty('shown')
  })

  it('names those that show another host first, whatever stands before them', () => {
    const many = Array.from({ length: 40 }, (_, nth) => `https://h${nth}.com`).join(' ')
    const { links, more } = linksIn(`${many} [good.com](https://evil.com) https://bücher.de`)
    expect(links.slice(0, 2).map(({ host }) => host)).toEqual(['evil.com', 'xn--bcher-kva.de'])
    expect([links.length, more]).toEqual([20, 22])
  })

  it('hides no bare link behind what only looks like Markdown', () => {
    for (const text of [
      '[\n\nhttps://evil.com\n\n](https://good.com)',
      '[https://evil.com](good.com',
      '[https://good.com https://evil.com](https://good.com)',
      '[x](https://good.com)https://evil.com',
      '\\[x](https://evil.com)',
      '`[x](https://evil.com)`',
    ]) {
      expect(hosts(text), text).toContain('evil.com')
    }
  })

  it('finds a bare link in whatever stands around it', () => {
    const around = fc
      .array(fc.constantFrom('[', ']', '(', ')', '!', ' ', '\n', '\\', 'a', '`', '<', '>', '[b]: ', '*'), {
        maxLength: 12,
      })
      .map(pieces => pieces.join(''))
    fc.assert(
      fc.property(around, around, (before, behind) => {
        expect(hosts(`${before} https://evil.com/x ${behind}`)).toContain('evil.com')
      }),
      { numRuns: 1_000 },
    )
  })

  it('shows a long address from its beginning, without what does not show', () => {
    const link = only(`https://a.com/\u202e${'x'.repeat(1_000)}`)
    expect(link?.url).toMatch(/^https:\/\/a\.com\/x+…$/)
    expect(link?.url.length).toBe(200)
  })

  it('reads the host behind a long name in front of it', () => {
    expect(hosts(`https://${'good.com'.repeat(1_000)}@evil.com/`)).toEqual(['evil.com'])
  })
})
