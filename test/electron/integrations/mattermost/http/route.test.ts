import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { route } from '../../../../../electron/integrations/mattermost/http/route.ts'

describe('route', () => {
  it('puts ids and names into a path', () => {
    const id = 'pr4ox5rzkjgwmk3kfn1h1y7nfc'
    expect(route`/channels/${id}/posts`).toBe(`/channels/${id}/posts`)
    expect(route`/teams/${id}/channels/name/${'town-square'}`).toBe(`/teams/${id}/channels/name/town-square`)
  })

  it.each(['', '.', '..', '...', '../x', 'a/b', 'a\\b', '%2e%2e', 'a?b', 'a#b', 'a b', 'a\nb', 'ü', 'a%00b'])(
    'throws on %j before there is a request, without quoting it',
    value => {
      expect(() => route`/posts/${value}`).toThrow('neither an id nor a name')
    },
  )

  it('never makes a path that leads elsewhere, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), value => {
        let path: string
        try {
          path = route`/posts/${value}/thread`
        } catch {
          return
        }
        expect(new URL(`http://h/api/v4${path}`).pathname).toBe(`/api/v4/posts/${value}/thread`)
      }),
    )
  })
})
