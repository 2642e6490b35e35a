import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { cleanText } from '../../../shared/text/clean.ts'
import { isLookDue } from '../../../shared/updates/daily-look.ts'
import { refuseInstall } from '../../../shared/updates/may-install.ts'
import { isNewerRelease } from '../../../shared/updates/newer-version.ts'
import { releaseNotes } from '../../../shared/updates/release-notes.ts'
import { updateFailure } from '../../../shared/updates/update-failure.ts'
import { type Installed, updateSource } from '../../../shared/updates/update-source.ts'

test.each([
  ['0.2.0', '0.1.0', true],
  ['0.1.1', '0.1.0', true],
  ['0.10.0', '0.9.9', true],
  ['1.0.0', '1.0.0-beta.1', true],
  ['0.1.0', '0.1.0', false],
  ['0.0.9', '0.1.0', false],
  ['1.0.0-beta.2', '0.1.0', false],
  ['1.0', '0.1.0', false],
  ['v1.0.0', '0.1.0', false],
  ['1.0.0\n', '0.1.0', false],
  ['9.9.9<b>', '0.1.0', false],
])('whether %j is a newer release than %j: %s', (offered, own, isNewer) => {
  expect(isNewerRelease(offered, own)).toBe(isNewer)
})

describe('once a day', () => {
  const DAY = 86_400_000
  test.each([
    ['never, where it is off', { isOn: false, last: null, now: 9 * DAY }, false],
    ['at first', { isOn: true, last: null, now: 0 }, true],
    ['not again on the same day', { isOn: true, last: DAY, now: 2 * DAY - 1 }, false],
    ['again a day later', { isOn: true, last: DAY, now: 2 * DAY }, true],
    ['again where the clock was set back', { isOn: true, last: 9 * DAY, now: DAY }, true],
  ])('%s', (_, look, isDue) => {
    expect(isLookDue(look)).toBe(isDue)
  })
})

test('nothing is installed while a post waits or is being sent', () => {
  expect(refuseInstall({ waiting: 0, sending: 0 })).toBeUndefined()
  expect(refuseInstall({ waiting: 1, sending: 0 })).toMatch(/^A post waits for your answer\./)
  expect(refuseInstall({ waiting: 3, sending: 0 })).toMatch(/^3 posts wait/)
  expect(refuseInstall({ waiting: 3, sending: 1 })).toMatch(/^A post is being sent\./)
})

describe('what a release says', () => {
  it('is a text, of a text, of a page and of a list', () => {
    expect(releaseNotes('### Added\n\n- a < b')).toBe('### Added\n\n- a < b')
    expect(releaseNotes('<h2>Added</h2><ul><li>a &lt; b</li>\n<li>c &amp;lt; d</li></ul>')).toBe(
      'Added\n\n• a < b\n\n• c &lt; d',
    )
    expect(releaseNotes([{ version: '2', note: 'two' }, { note: 1 }, null, 7])).toMatch(/^two/)
    for (const nothing of [undefined, null, 7, {}, []]) expect(releaseNotes(nothing)).toBe('')
  })

  it('is short, shows everything that is in it, and takes no time, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything()), given => {
        const notes = releaseNotes(given)
        expect(Array.from(notes).length).toBeLessThanOrEqual(4_000)
        expect(cleanText(notes)).toBe(notes)
      }),
    )
    for (const flood of ['<li ', ' ', '\n', '<']) {
      expect(releaseNotes(`</a>x${flood.repeat(100_000)}x`).length).toBeLessThanOrEqual(4_000)
    }
  })
})

const INSTALLED: Installed = {
  isPackaged: true,
  platform: 'linux',
  packageType: undefined,
  isAppImage: true,
  hasFeed: true,
}
test.each<[string, Partial<Installed>, RegExp | undefined]>([
  ['an AppImage', {}, undefined],
  ['an installed app of Windows', { platform: 'win32', isAppImage: false }, undefined],
  ['an app of macOS', { platform: 'darwin', isAppImage: false }, undefined],
  ['a .deb', { packageType: 'deb' }, /Debian package.*apt/],
  ['another package', { packageType: 'rpm' }, /your package manager/],
  ['one that was built by hand', { hasFeed: false }, /built by hand/],
  ['an archive', { isAppImage: false }, /unpacked by hand/],
  ['the sources', { isPackaged: false }, /git pull/],
])('where updates of %s come from', (_, installed, how) => {
  const source = updateSource({ ...INSTALLED, ...installed })
  expect(source).toEqual(
    how === undefined ? { kind: 'own' } : { kind: 'elsewhere', how: expect.stringMatching(how) },
  )
})

describe('a failure', () => {
  test.each([
    [{ code: '', message: 'net::ERR_INTERNET_DISCONNECTED' }, /this computer is offline/],
    [{ code: '', message: 'net::ERR_NAME_NOT_RESOLVED' }, /offline/],
    [{ code: '', message: 'net::ERR_CONNECTION_REFUSED' }, /could not be reached/],
    [{ code: '', message: 'net::ERR_CERT_AUTHORITY_INVALID' }, /certificate is not trusted/],
    [{ code: 'ERR_CHECKSUM_MISMATCH', message: 'sha512' }, /thrown away/],
    [{ code: 'ERR_UPDATER_INVALID_SIGNATURE', message: '' }, /not signed by us/],
    [{ code: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND', message: '404' }, /no release for this system/],
    [{ code: 'ENOSPC', message: '' }, /disk is full/],
    [{ code: 'EACCES', message: '' }, /cannot be written to/],
    [{ code: 'HTTP_ERROR_403', message: '', status: 403 }, /enough questions/],
    [{ code: 'HTTP_ERROR_502', message: '', status: 502 }, /HTTP 502/],
    [{ code: '', message: 'Unexpected token <script>' }, /could not be understood/],
  ])('%j is told in a sentence', (fault, sentence) => {
    const told = updateFailure('download', { status: undefined, ...fault })
    expect(told).toMatch(sentence)
    expect(told).toMatch(/^The new version was not downloaded: .*\.$/)
    expect(told).not.toContain('script')
  })
})
