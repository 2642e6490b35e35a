import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFileStore } from '../../../../electron/broker/accounts/file-store.ts'

function openHome() {
  const home = join(mkdtempSync(join(tmpdir(), 'kosmo-file-')), 'home')
  return { home, path: join(home, 'accounts.json'), store: openFileStore(home) }
}

describe('accounts.json', () => {
  it('is not made by reading, and holds values by key', async () => {
    const { store, path } = openHome()
    expect(await store.get('mattermost/default')).toBeUndefined()
    expect(await store.remove('mattermost/default')).toBe(false)
    expect(existsSync(path)).toBe(false)
    await store.set('mattermost/default', 'a')
    await store.set('mattermost/work', 'b')
    await store.set('mattermost/default', 'c')
    expect(await store.get('mattermost/default')).toBe('c')
    expect(await store.remove('mattermost/default')).toBe(true)
    expect(await store.get('mattermost/default')).toBeUndefined()
    expect(await store.get('mattermost/work')).toBe('b')
    expect(await store.get('constructor')).toBeUndefined()
  })

  it('can be read by its owner alone, and so can its folder', async () => {
    const { store, path, home } = openHome()
    await store.set('mattermost/default', 'a')
    await store.set('mattermost/default', 'b')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    expect(readdirSync(home)).toEqual(['accounts.json'])
  })

  it.each([0o644, 0o640, 0o604, 0o660, 0o602])('with mode %o is refused, and left as it is', async mode => {
    const { store, path } = openHome()
    await store.set('mattermost/default', 'a')
    const before = readFileSync(path, 'utf8')
    chmodSync(path, mode)
    const refusal = { code: 'not_configured', message: expect.stringContaining(`chmod 600 '${path}'`) }
    await expect(store.get('mattermost/default')).rejects.toMatchObject(refusal)
    await expect(store.set('mattermost/default', 'b')).rejects.toMatchObject(refusal)
    await expect(store.remove('mattermost/default')).rejects.toMatchObject(refusal)
    expect(readFileSync(path, 'utf8')).toBe(before)
    chmodSync(path, 0o600)
    expect(await store.get('mattermost/default')).toBe('a')
  })

  it('as a symbolic link is refused, and what it leads to is left as it is', async () => {
    const { store, path, home } = openHome()
    await store.set('mattermost/default', 'a')
    const elsewhere = join(home, 'elsewhere.json')
    renameSync(path, elsewhere)
    symlinkSync(elsewhere, path)
    const before = readFileSync(elsewhere, 'utf8')
    await expect(store.get('mattermost/default')).rejects.toThrow(/symbolic link/)
    await expect(store.set('mattermost/default', 'b')).rejects.toThrow(/symbolic link/)
    expect(readFileSync(elsewhere, 'utf8')).toBe(before)
  })

  it.each([
    '',
    '{',
    '[]',
    '{"version":2,"secrets":{}}',
    '{"version":1,"secrets":{"a":{"t":"s3cr3t"}}}',
    's3cr3t',
  ])('that holds %j is a sentence without what is in it', async text => {
    const { store, path } = openHome()
    await store.set('mattermost/default', 'a')
    writeFileSync(path, text)
    await expect(store.set('mattermost/default', 'b')).rejects.toThrow(/accounts.json/)
    await expect(store.get('mattermost/default')).rejects.not.toThrow(/s3cr3t/)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})
