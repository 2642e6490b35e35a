import { expect, it } from 'vitest'
import { decideLink } from '../../../shared/desktop/open-link.ts'

it.each([
  ['https://chat.example.org/eng/pl/abc?x=1#y', 'https://chat.example.org/eng/pl/abc?x=1#y'],
  ['HTTPS://Example.ORG', 'https://example.org/'],
  ['https://münchen.example/', 'https://xn--mnchen-3ya.example/'],
])('%s is opened', (text, url) => {
  expect(decideLink(text)).toEqual({ kind: 'open', url })
})

it.each([
  'http://chat.example.org',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'kosmo://app/settings/index.html',
  'vscode://x',
  'https://chat.example.org@evil.example/',
  'https://:secret@evil.example/',
  'chat.example.org',
  '',
  `https://example.org/${'x'.repeat(5_000)}`,
])('%s is not', text => {
  expect(decideLink(text)).toMatchObject({
    kind: 'refused',
    why: expect.stringMatching(/^This link is not opened: .*\.$/),
  })
})
