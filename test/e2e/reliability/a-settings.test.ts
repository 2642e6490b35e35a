import { describe, expect, it } from 'vitest'
import { expectError, expectFine, withRig } from './rig.ts'

describe('A. caller input: address and token', () => {
  const refused: [name: string, url: string, words: RegExp][] = [
    ['with a password', 'https://user:hunter2@chat.example', /user name or password/],
    ['of another scheme', 'ftp://chat.example', /only https/],
    ['of plain http to another machine', 'http://chat.example', /plain http/],
    ['with blanks', 'https://chat example', /not a URL/],
    ['without a scheme', 'chat.example', /not a URL/],
    ['that is a file', 'file:///etc/passwd', /only https/],
  ]
  for (const [name, url, words] of refused) {
    it(`case 21: an address ${name} is refused with the reason`, () =>
      withRig({ url: () => url, warm: false, recovers: false }, async rig => {
        const answer = await rig.call('get_current_user')
        expectError(answer, 'not_configured', words)
        expect(answer.text).not.toContain('hunter2')
        expect(rig.mattermost.requests).toEqual([])
      }))
  }

  it('case 21: a host that only looks like another one is written as what it is', () =>
    withRig({ url: () => 'https://сhat.invalid', warm: false, recovers: false }, async rig => {
      const { text } = await rig.call('get_current_user')
      expect(text).toContain('xn--')
      expect(text).not.toContain('сhat')
    }))

  it('case 21: a port that web browsers refuse is an address like any other', () =>
    withRig({ url: () => 'http://127.0.0.1:6667', warm: false, recovers: false }, async rig => {
      expectError(await rig.call('get_current_user'), 'network', '127.0.0.1:6667')
    }))

  const odd: [name: string, change: (token: string) => string][] = [
    ['with a line break inside', token => `${token.slice(0, 10)}\n${token.slice(10)}`],
    ['with a euro sign', token => `${token}€`],
    ['in quotes', token => `"${token}"`],
    ['with a blank inside', token => `${token} x`],
  ]
  for (const [name, change] of odd) {
    it(`case 22: a token ${name} is refused and never shown`, () =>
      withRig(
        { token: ex => change(ex.world.token(ex.people.alice)), warm: false, recovers: false },
        async rig => {
          const answer = await rig.call('get_current_user')
          expectError(answer, 'not_configured', 'token')
          const bare = rig.world.token(rig.people.alice)
          for (const part of [bare, bare.slice(0, 10), bare.slice(10)]) {
            expect(rig.client.stdout + rig.client.stderr).not.toContain(part)
          }
          expect(rig.mattermost.requests).toEqual([])
        },
      ))
  }

  for (const [name, change] of [
    ['with blanks around it', (token: string) => ` ${token}\n`],
    ['after the word Bearer', (token: string) => `Bearer ${token}`],
  ] as const) {
    it(`case 22: a token ${name} is understood`, () =>
      withRig({ token: ex => change(ex.world.token(ex.people.alice)) }, async rig => {
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        const bare = rig.world.token(rig.people.alice)
        expect(rig.mattermost.requests.at(-1)?.headers.authorization).toBe(`Bearer ${bare}`)
        expect(rig.client.stdout + rig.client.stderr).not.toContain(bare)
      }))
  }
})
