import { expect, it } from 'vitest'
import { isPageItself, type SenderFrame } from '../../../electron/main/page-sender.ts'

const URL = 'kosmo://app/settings/index.html'
const top: SenderFrame = { url: URL, parent: null }

it('the top frame with the page that the window was opened with', () => {
  expect(isPageItself(top, top, URL)).toBe(true)
})

it.each<[string, SenderFrame | null, SenderFrame]>([
  ['a frame that is gone', null, top],
  ['a frame in the page, of the same address', { url: URL, parent: top }, top],
  ['the top frame of another window', { url: URL, parent: null }, top],
  ...[
    'kosmo://app/approval/index.html',
    'https://evil.example/',
    'about:blank',
    `${URL}?x`,
    `${URL}#x`,
    '',
  ].map((url): [string, SenderFrame, SenderFrame] => {
    const other = { url, parent: null }
    return [`the top frame once it is "${url}"`, other, other]
  }),
])('not %s', (_, frame, ofWindow) => {
  expect(isPageItself(frame, ofWindow, URL)).toBe(false)
})
