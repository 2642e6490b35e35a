import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StdioClient } from '../setup/stdio-client.ts'
import { openTown } from '../support/mcp/town.ts'
import { type BuiltPackage, buildPackage } from '../support/packaging/build-package.ts'

/* Electron itself is a stand-in here: what is ours in the package is real, and how Electron takes it is not seen. */

/** How a fuse stands in the program: a letter. */
const [OFF, ON] = [...'01'].map(letter => letter.charCodeAt(0))

const canPack = process.platform === 'linux' && existsSync('/usr/bin/dpkg-deb')

describe.skipIf(!canPack)('The package for Debian', () => {
  let built: BuiltPackage
  const inApp = (path: string) => join(built.deb, 'opt/KosmoKrator', path)
  beforeAll(async () => {
    built = await buildPackage()
  }, 180_000)
  afterAll(() => built?.remove())

  test('has the app in an archive without node_modules, sources or maps', () => {
    const files = listPackage(inApp('resources/app.asar'), { isPack: false })
    expect(files).toContain('/dist/main/main.js')
    for (const window of ['approval', 'settings']) {
      expect(files).toEqual(
        expect.arrayContaining([`/dist/preload/${window}.cjs`, `/dist/renderer/${window}/index.html`]),
      )
    }
    expect(files.filter(file => /node_modules|\.map$|\.tsx?$|^\/(test|electron)/.test(file))).toEqual([])
  })

  test('has its fuses set: no other program runs as this one', async () => {
    const wire = await getCurrentFuseWire(inApp('kosmokrator-desktop'))
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: OFF,
      [FuseV1Options.EnableCookieEncryption]: ON,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
      [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
      [FuseV1Options.OnlyLoadAppFromAsar]: ON,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
    })
  })

  test('belongs to root, and nothing in it can be written by others', () => {
    const lines = built.listing.filter(line => line !== '')
    expect(lines.filter(line => !line.includes(' root/root '))).toEqual([])
    expect(lines.filter(line => /^[-d].{7}w/.test(line))).toEqual([])
  })

  test('names the window that the desktop sees, and what it needs', () => {
    const entry = readFileSync(join(built.deb, 'usr/share/applications/dev.kosmokrator.App.desktop'), 'utf8')
    expect(entry).toContain('StartupWMClass=dev.kosmokrator.App')
    expect(built.control).toMatch(/^Depends: .*libnotify4.*libsecret-1-0/m)
    expect(existsSync(inApp('resources/default_app.asar'))).toBe(false)
  })

  test('has an icon of every size', () => {
    for (const size of [16, 32, 48, 64, 128, 256, 512]) {
      const icon = `usr/share/icons/hicolor/${size}x${size}/apps/kosmokrator-desktop.png`
      expect(statSync(join(built.deb, icon)).size).toBeGreaterThan(100)
    }
  })

  test('serves MCP on the Node that it ships, where the system has none', async () => {
    const town = await openTown()
    const home = mkdtempSync(join(tmpdir(), 'kosmo-deb-'))
    const client = new StdioClient({
      command: inApp('resources/cli/node'),
      args: [inApp('resources/cli/kosmo.cjs'), 'mcp:serve', '--integration=mattermost'],
      env: { HOME: home, MATTERMOST_URL: town.account.url, MATTERMOST_ACCESS_TOKEN: town.account.token },
    })
    await client.initialize()
    expect((await client.call('list_teams')).text).toContain('engineering')
    await client.end()
  })

  test('has the keychain’s native part for this system beside it, and for no other', () => {
    const script = "console.log(typeof require('@napi-rs/keyring').AsyncEntry)"
    const said = execFileSync(inApp('resources/cli/node'), ['-e', script], {
      cwd: inApp('resources/cli'),
      env: {},
    })
    expect(String(said)).toBe('function\n')
  })

  test('says when it is removed, and not at an upgrade, what stays in people’s home folders', () => {
    // Nothing that it calls is there: it must not touch this system.
    const said = (action: string) =>
      spawnSync('/bin/bash', ['-c', built.afterRemove, 'postrm', action], { env: { PATH: '/nowhere' } })
        .stdout
    expect(String(said('remove'))).toMatch(/^KosmoKrator: clients .* kosmo uninstall\n$/)
    expect(String(said('upgrade'))).toBe('')
  })

  test.each(['kosmo', 'kosmokrator'])('puts %s on the PATH', name => {
    const path = join(built.deb, 'usr/bin', name)
    expect(statSync(path).mode & 0o777).toBe(0o755)
    expect(readFileSync(path, 'utf8')).toContain('exec /opt/KosmoKrator/resources/cli/node')
    expect(existsSync(inApp('resources/cli/node'))).toBe(true)
    expect(statSync(inApp('resources/cli/node')).mode & 0o777).toBe(0o755)
  })
})
