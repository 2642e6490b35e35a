import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { releaseNotes } from '../../../electron/packaging/release-notes.mjs'
import { version } from '../../../package.json'
import { root } from '../../setup/paths.mjs'

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- Something of tomorrow.

## [1.2.3] - 2026-11-26

### Fixed

- Threads are told apart.

## [1.2.2] - 2026-11-01

- Old.

[unreleased]: https://example.com
`

describe('what a release says', () => {
  it('is that version’s section of the changelog, and nothing else of it', () => {
    expect(releaseNotes('v1.2.3', '1.2.3', CHANGELOG)).toBe('### Fixed\n\n- Threads are told apart.')
    expect(releaseNotes('v1.2.2', '1.2.2', CHANGELOG)).toBe('- Old.')
  })

  it.each([
    ['v1.2.4', '1.2.3', /The tag is v1\.2\.4, but package\.json has version 1\.2\.3\./],
    ['1.2.3', '1.2.3', /The tag is 1\.2\.3/],
    ['', '1.2.3', /The tag is ,/],
    ['v1.2.4', '1.2.4', /has no section/],
    ['v1.2', '1.2', /has no section/],
  ])('is refused for the tag %j of version %s', (tag, version, why) => {
    expect(() => releaseNotes(tag, version, CHANGELOG)).toThrow(why)
  })

  it.each([
    ['## [1.2.3] - soon\n\n- x\n', /has no date/],
    ['## [1.2.3] - 2026-11-26\n\n## [1.2.2] - 2026-11-01\n\n- x\n', /says nothing of version 1\.2\.3/],
  ])('is refused where the changelog is %j', (changelog, why) => {
    expect(() => releaseNotes('v1.2.3', '1.2.3', changelog)).toThrow(why)
  })

  it('comes from the files here, or a sentence and a failure', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kosmo-notes-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'made/notes.md')
    const script = join(root, 'electron/packaging/release-notes.mjs')
    const write = (tag: string) => spawnSync(process.execPath, [script, tag, file], { encoding: 'utf8' })
    const { status, stderr } = write('v0.0.0')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^The tag is v0\.0\.0, but package\.json has version [\d.]+\.\n$/)
    expect(existsSync(file)).toBe(false)
    expect(write(`v${version}`)).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(file, 'utf8')).toMatch(/^### Added\n/)
  })
})
