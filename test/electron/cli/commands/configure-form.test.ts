import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasKeyring } from '../../../setup/keyring.mjs'
import { configureWords, runConfigure } from '../../../support/accounts/run-configure.ts'
import { atTerminal, KEYS, type Step } from '../../../support/accounts/terminal.ts'
import { openTown } from '../../../support/mcp/town.ts'

async function setUp() {
  const { account, mattermost } = await openTown()
  const home = mkdtempSync(join(tmpdir(), 'kosmo-form-'))
  const variables = { HOME: home, PATH: process.env.PATH ?? '', XDG_RUNTIME_DIR: home }
  const place = join(home, '.kosmokrator-desktop')
  const stored = () => readFileSync(join(place, 'accounts.json'), 'utf8')
  const settings = () =>
    JSON.parse(readFileSync(join(place, 'settings.json'), 'utf8')).integrations.mattermost
  const fill = (steps: Step[]) =>
    atTerminal([...configureWords(), 'mattermost', '--store=file'], variables, steps)
  return { ...account, mattermost, variables, place, stored, settings, fill }
}

const answers = (url: string, token: string, { wipe = '' } = {}): Step[] => [
  { sees: 'Server URL', types: `${wipe}${url}${KEYS.enter}` },
  { sees: 'Access Token', types: `${token}${KEYS.enter}` },
  { sees: 'Limited to', types: KEYS.enter },
  { sees: 'What may agents do with writes?', types: KEYS.enter },
]

describe.skipIf(!hasKeyring())('the form on a terminal (skipped where python3 is missing)', () => {
  it('asks, never shows the token, verifies and stores', async () => {
    const { fill, url, token, settings, stored } = await setUp()
    const { raw, text, code } = await fill(answers(url, token))
    expect(code).toBe(0)
    expect(text).toContain(`@alice at ${url}`)
    expect(raw).not.toContain(token)
    // Neither in pieces: a character between two moves of the cursor.
    expect(text).not.toContain(token.slice(0, 4))
    expect(stored()).toContain(token)
    expect(settings()).toMatchObject({ enabled: true, read: 'allow', write: 'ask' })
  })

  it('says at once what cannot be a server, and takes the corrected one', async () => {
    const { fill, url, token, stored } = await setUp()
    const [first, ...rest] = answers(url, token, { wipe: KEYS.wipe })
    await fill([
      { sees: 'Server URL', types: `http://chat.example.org${KEYS.enter}` },
      { ...(first ?? { types: '' }), sees: 'plain http would send the token readable' },
      ...rest,
    ])
    expect(stored()).toContain(url)
  })

  it('a token that the server does not take stores nothing', async () => {
    const { fill, url, place } = await setUp()
    const { raw, text, code } = await fill(answers(url, 'wr0ngwr0ngwr0ngwr0ngwr0ng1'))
    expect(code).toBe(1)
    expect(text).toMatch(/did not accept the token/)
    expect(raw).not.toContain('wr0ng')
    expect(existsSync(place)).toBe(false)
  })

  it('asks before it replaces, and no is the default', async () => {
    const { fill, url, token, variables, mattermost, stored, settings } = await setUp()
    const set = ['--set', `url=${url}`, '--set', `access_token=${token}`, '--set', 'scope=engineering']
    await runConfigure(['mattermost', ...set, '--store=file', '--write=deny'], { variables })
    const before = stored()
    const kept = await fill([{ sees: 'Replace it?', types: KEYS.enter }])
    expect(kept.text).toContain('@alice at')
    expect(kept).toMatchObject({ code: 6, text: expect.stringContaining('Nothing was changed.') })
    expect(stored()).toBe(before)
    const bob = [...mattermost.world.people.values()].find(({ username }) => username === 'bob')
    if (bob === undefined) throw new Error('no bob')
    const other = mattermost.world.token(bob)
    // The URL stands there already.
    await fill([{ sees: 'Replace it?', types: `y` }, ...answers('', other)])
    expect(stored()).toContain(other)
    expect(stored()).not.toContain(token)
    expect(stored()).not.toContain('engineering')
    expect(settings()).toMatchObject({ write: 'ask' })
  })

  it.each([0, 1, 2, 3])('Ctrl-C at question %i changes nothing', async nth => {
    const { fill, url, token, place, mattermost } = await setUp()
    const steps = answers(url, token).slice(0, nth + 1)
    const { code, text } = await fill(
      steps.map((step, index) => (index === nth ? { ...step, types: KEYS.interrupt } : step)),
    )
    expect(text).toContain('Nothing was changed.')
    expect(code).toBe(6)
    expect(existsSync(place)).toBe(false)
    expect(mattermost.requests).toEqual([])
  })

  it('Ctrl-C while the server is asked changes nothing', async () => {
    const { fill, url, token, place, mattermost } = await setUp()
    const gate = mattermost.faults.hold({ path: /users\/me$/ })
    const { code } = await fill([...answers(url, token), { sees: 'Asking', types: KEYS.interrupt }])
    gate.release()
    expect(code).not.toBe(0)
    expect(existsSync(place)).toBe(false)
  })
})
