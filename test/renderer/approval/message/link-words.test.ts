import { expect, it } from 'vitest'
import { linkWords } from '../../../../renderer/approval/message/link-words.ts'

it.each([
  ['https://acme.dev/x', 'https://acme.dev/x', undefined, false, 'https://acme.dev/x'],
  ['https://acme.dev/x', 'the docs', 'acme.dev', false, 'https://acme.dev/x'],
  ['https://evil.example/', 'bank.com', 'evil.example', true, 'https://evil.example/'],
  ['https://evil.example/', 'evil.example or bank.com', 'evil.example', true, 'https://evil.example/'],
  ['http://acme.dev/', 'http://acme.dev/', undefined, false, undefined],
  ['javascript:alert(1)', 'run', 'javascript:', false, undefined],
  ['file:///etc/passwd', 'file', 'file:', false, undefined],
  ['mailto:a@b.example', 'mail', 'mailto:', false, undefined],
  ['/team/pl/abc', 'post', 'this server', false, undefined],
  ['www.acme.dev', 'www.acme.dev', undefined, false, 'https://www.acme.dev/'],
  ['https://аpple.com/', 'apple', 'xn--pple-43d.com', false, 'https://xn--pple-43d.com/'],
  [
    'https://a.example@evil.example/',
    'https://a.example@evil.example/',
    'evil.example',
    true,
    'https://a.example@evil.example/',
  ],
])('%s as %j', (href, label, leadsTo, isElsewhere, opens) => {
  expect(linkWords(href, label)).toMatchObject({ leadsTo, isElsewhere, opens })
})

it('opens nothing that the app would not take', () => {
  expect(linkWords(`https://acme.dev/${'x'.repeat(5_000)}`, 'x').opens).toBeUndefined()
})
