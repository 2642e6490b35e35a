import { expect, it } from 'vitest'
import { isLeftOut } from '../../../../../electron/integrations/mattermost/http/left-out.ts'

it.each<[list: string, url: string, left: boolean]>([
  ['', 'https://chat.example.org', false],
  ['*', 'https://chat.example.org', true],
  ['chat.example.org', 'https://chat.example.org', true],
  ['CHAT.Example.ORG', 'https://chat.example.org', true],
  ['chat.example.org.', 'https://chat.example.org', true],
  ['example.org', 'https://chat.example.org', true],
  ['.example.org', 'https://chat.example.org', true],
  ['*.example.org', 'https://chat.example.org', true],
  ['ample.org', 'https://chat.example.org', false],
  ['org', 'https://chat.example.org.evil', false],
  ['one.example, chat.example.org', 'https://chat.example.org', true],
  ['one.example chat.example.org', 'https://chat.example.org', true],
  ['chat.example.org:443', 'https://chat.example.org', true],
  ['chat.example.org:8443', 'https://chat.example.org:8443', true],
  ['chat.example.org:8443', 'https://chat.example.org', false],
  ['chat.example.org:443', 'https://chat.example.org:8443', false],
  ['bücher.example', 'https://xn--bcher-kva.example', true],
  ['10.1.2.3', 'https://10.1.2.3', true],
  ['2.3', 'https://10.1.2.3', false],
  ['10.0.0.0/8', 'https://10.1.2.3:8443', true],
  ['10.0.0.0/8', 'https://11.1.2.3', false],
  ['10.0.0.0/99', 'https://10.1.2.3', false],
  ['10.0.0.0/', 'https://10.1.2.3', false],
  ['10.0.0.0/8', 'https://chat.example.org', false],
  ['fd00::/8', 'https://[fd00::1]', true],
  ['fd00::/8', 'https://[fe80::1]', false],
  ['fd00::1', 'https://[fd00:0::1]', true],
  ['[fd00::1]:8443', 'https://[fd00::1]:8443', true],
  ['[fd00::1]:8443', 'https://[fd00::1]', false],
  [', ,:,.,*.,/,[', 'https://chat.example.org', false],
])('%j leaves %s out: %s', (list, url, left) => {
  expect(isLeftOut(list, new URL(url))).toBe(left)
})
