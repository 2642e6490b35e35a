import { describe, expect, it } from 'vitest'
import { codexEnvironment, passedOnByCodex } from '../../../../shared/clients/codex/codex-environment.ts'

const NAMES = { env: {}, envVars: [] }

describe('the environment that Codex gives its servers', () => {
  it('is what it keeps, what is named, and what is set, in this order', () => {
    const own = { HOME: '/h', PATH: '/p', KOSMO_HOME: '/k', SECRET: 's', HTTPS_PROXY: 'x', EMPTY: undefined }
    expect(codexEnvironment(own, NAMES, 'linux')).toEqual({ HOME: '/h', PATH: '/p' })
    const entry = { env: { PATH: '/mine' }, envVars: ['KOSMO_HOME', 'HTTPS_PROXY', 'EMPTY', 'UNSET'] }
    expect(codexEnvironment(own, entry, 'linux')).toEqual({
      HOME: '/h',
      PATH: '/mine',
      KOSMO_HOME: '/k',
      HTTPS_PROXY: 'x',
    })
  })

  it('takes names on Windows as Windows does', () => {
    const own = { Path: 'C:\\p', UserProfile: 'C:\\u', Token: 't' }
    expect(codexEnvironment(own, NAMES, 'win32')).toEqual({ Path: 'C:\\p', UserProfile: 'C:\\u' })
    expect(codexEnvironment(own, NAMES, 'linux')).toEqual({})
  })

  it('is asked for whole accounts: one variable limits what the others give', () => {
    const names = passedOnByCodex(['MATTERMOST_URL', 'MATTERMOST_SCOPE'])
    expect(names).toEqual(
      expect.arrayContaining(['MATTERMOST_URL', 'MATTERMOST_SCOPE', 'KOSMO_HOME', 'NO_PROXY']),
    )
    expect(new Set(names).size).toBe(names.length)
  })
})
