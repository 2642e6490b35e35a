import { describe, expect, it } from 'vitest'
import { originalPermissions } from '../../../../electron/cli/credentials-import/original-permissions.ts'

const of = (text: string) => {
  const read = originalPermissions(text, 'mattermost')
  return read.kind === 'permissions' ? read.permissions : read.kind
}
const NOTHING = { enabled: undefined, read: undefined, write: undefined }

describe('what an original’s configuration says', () => {
  it.each([
    [
      'its root',
      'kosmo: {integrations: {mattermost: {enabled: true, permissions: {read: allow, write: ask}}}}',
    ],
    ['no root', 'integrations: {mattermost: {enabled: "on", permissions: {read: allow, write: ask}}}'],
    [
      'its old root',
      'kosmokrator: {integrations: {mattermost: {enabled: on, permissions: {read: allow, write: ask}}}}',
    ],
  ])('is found under %s', (_what, text) => {
    expect(of(text)).toEqual({ enabled: true, read: 'allow', write: 'ask' })
  })

  it('the name of today goes before those of before, word by word', () => {
    const text = `
kosmo: {integrations: {mattermost: {permissions: {write: deny}}}}
kosmokrator: {integrations: {mattermost: {enabled: false, permissions: {read: deny, write: allow}}}}`
    expect(of(text)).toEqual({ enabled: false, read: 'deny', write: 'deny' })
  })

  it('a default for all integrations fills in what is not said', () => {
    const text =
      'kosmo: {integrations: {permissions_default: deny, mattermost: {permissions: {read: allow}}}}'
    expect(of(text)).toEqual({ enabled: undefined, read: 'allow', write: 'deny' })
  })

  it.each([
    [''],
    ['kosmo:'],
    ['kosmo: 1'],
    ['- 1'],
    ['kosmo: {integrations: []}'],
    ['kosmo: {integrations: {mattermost: 5}}'],
  ])('%j says nothing', text => {
    expect(of(text)).toEqual(NOTHING)
  })

  it.each([['kosmo: ['], ['a: &a [*a'], ['\tkosmo: {}']])(
    '%j is broken, and nobody knows what it forbids',
    text => {
      expect(of(text)).toBe('broken')
    },
  )

  it('words that are none are passed over, as in the original', () => {
    expect(of('integrations: {mattermost: {enabled: 1, permissions: {read: yes, write: DENY}}}')).toEqual({
      enabled: false,
      read: undefined,
      write: undefined,
    })
  })
})
