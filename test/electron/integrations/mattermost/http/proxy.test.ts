import { expect, it } from 'vitest'
import { proxyBefore } from '../../../../../electron/integrations/mattermost/http/proxy.ts'
import { KosmoError } from '../../../../../shared/errors.ts'

const SERVER = 'https://chat.example.org'
const proxy = (variables: Record<string, string>) => proxyBefore(SERVER, variables)?.href

it.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ HTTPS_PROXY: ' ' }, undefined],
  [{ HTTPS_PROXY: 'http://a:1' }, 'http://a:1/'],
  [{ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, 'http://a:1/'],
  [{ ALL_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, 'http://b:1/'],
  [{ ALL_PROXY: 'https://a:1' }, 'https://a:1/'],
  [{ HTTP_PROXY: 'http://a:1' }, undefined],
  [{ HTTPS_PROXY: 'a.example:3128' }, 'http://a.example:3128/'],
  [{ HTTPS_PROXY: 'http://a:1', NO_PROXY: 'chat.example.org' }, undefined],
  [{ HTTPS_PROXY: 'http://a:1', no_proxy: 'other', NO_PROXY: 'chat.example.org' }, 'http://a:1/'],
  [{ HTTPS_PROXY: 'socks5://a:1', NO_PROXY: '*' }, undefined],
  [{ MATTERMOST_PROXY: 'http://c:1', HTTPS_PROXY: 'http://a:1', NO_PROXY: '*' }, 'http://c:1/'],
])('%j is %s', (variables, expected) => {
  expect(proxy(variables)).toBe(expected)
})

it.each(['socks5://me:s3cret@a:1', 'http://', 'http://me:s3cret%zz@a:1', 'http://me:s3cret@a b:1'])(
  '%s is no proxy: the variable is named, and not what is in it',
  address => {
    for (const name of ['MATTERMOST_PROXY', 'HTTPS_PROXY', 'all_proxy']) {
      const reading = (): unknown => proxy({ [name]: address })
      expect(reading).toThrow(KosmoError)
      expect(reading).toThrow(`${name} is not the address of a proxy`)
      expect(reading).not.toThrow(/s3cret|a:1/)
    }
  },
)
