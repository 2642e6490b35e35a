import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { version } from '../../package.json'
import { root } from '../setup/paths.mjs'
import { StdioClient } from '../setup/stdio-client.ts'
import { startDesktopApp } from '../support/app/desktop-app.ts'
import { openReleases } from '../support/app/releases.ts'
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

  test('has the app in an archive, and nothing else', () => {
    const archive = inApp('resources/app.asar')
    const files = listPackage(archive, { isPack: false }).map(file => file.replaceAll('\\', '/'))
    const isFolder = (file: string) => files.some(other => other.startsWith(`${file}/`))
    const named = [
      /^\/dist\/main\/icons\/tray-[\w-]+(@2x)?\.(png|ico)$/,
      // Vite names what it has made of the pages by its content.
      /^\/dist\/renderer\/assets\/[\w-]+-[\w-]{8}\.(js|css)$/,
    ]
    expect(files.filter(file => !isFolder(file) && !named.some(name => name.test(file))).sort()).toEqual([
      '/dist/main/main.js',
      '/dist/preload/approval.cjs',
      '/dist/preload/settings.cjs',
      '/dist/renderer/approval/index.html',
      '/dist/renderer/settings/index.html',
      '/package.json',
    ])
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString())
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']))
    expect(manifest).toMatchObject({ version, main: 'dist/main/main.js', type: 'module' })
  })

  test('runs out of its archive alone, up to a look for newer versions', async () => {
    const releases = await openReleases()
    onTestFinished(() => releases.remove())
    rmSync(releases.app, { recursive: true })
    extractAll(inApp('resources/app.asar'), releases.app)
    releases.offer({ version: '9.0.0', content: 'x' })
    const app = await startDesktopApp({ app: releases.app, env: releases.env })
    const settings = await app.settingsWindow()
    expect(await settings.value('lookForUpdates')).toMatchObject({
      state: { kind: 'found', version: '9.0.0' },
    })
    expect(app.output()).toEqual({ stdout: '', stderr: '' })
  })

  test('has beside the archive the command line, the licences of others, and where releases are', () => {
    const resources = inApp('resources')
    expect(readdirSync(resources).sort()).toEqual([
      'THIRD-PARTY-NOTICES.txt',
      'app-update.yml',
      'app.asar',
      'apparmor-profile',
      'cli',
      'package-type',
    ])
    const programs = readdirSync(join(root, 'dist/cli'))
    const others = ['LICENSE', 'node', 'node.LICENSE', 'node_modules']
    expect(readdirSync(join(resources, 'cli')).sort()).toEqual([...programs, ...others].sort())
    const update = readFileSync(join(resources, 'app-update.yml'), 'utf8')
    expect(update).toMatch(/^owner: kosmokrator$/m)
    expect(update).toMatch(/^provider: github$/m)
    // By this an app knows that its updates are another's business.
    expect(readFileSync(join(resources, 'package-type'), 'utf8')).toBe('deb')
    expect(built.latest).toMatch(new RegExp(`^version: ${version.replaceAll('.', '\\.')}$`, 'm'))
    expect(built.latest).toContain('Threads are told apart.')
    expect(built.latest).toMatch(/^ {4}sha512: [\w+/]{86}==$/m)
  })

  test('is no larger than it has to be', () => {
    const size = (path: string) => statSync(inApp(path)).size / 1_000_000
    expect(size('resources/app.asar')).toBeLessThan(5)
    const cli = readdirSync(inApp('resources/cli')).filter(name => /\.(cjs|wasm|txt|1)$/.test(name))
    expect(cli.reduce((sum, name) => sum + size(`resources/cli/${name}`), 0)).toBeLessThan(9)
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
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: OFF,
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
    expect(entry).toMatch(/^Keywords=Mattermost;/m)
    expect(built.control).toMatch(/^Maintainer: KosmoKrator contributors </m)
    expect(built.control).toMatch(/^Section: utils$/m)
    expect(built.control).toMatch(/^Depends: .*libgtk-3-0t64 \| libgtk-3-0, libnotify4, .*libasound2/m)
    expect(built.control).toMatch(/^Recommends: gnome-keyring \| kwalletmanager \| keepassxc$/m)
    expect(built.control).toMatch(/^Suggests: gnome-shell-extension-appindicator$/m)
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
      // No PATH in its environment: there is no other Node.
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
    expect(String(said('remove'))).toMatch(/^KosmoKrator: a client .* kosmo uninstall\n$/)
    expect(String(said('upgrade'))).toBe('')
  })

  test('has the manual page where man looks', () => {
    expect(readFileSync(join(built.deb, 'usr/share/man/man1/kosmo.1'), 'utf8')).toContain('.TH KOSMO 1')
  })

  test.each(['kosmo', 'kosmokrator'])('puts %s on the PATH', name => {
    const path = join(built.deb, 'usr/bin', name)
    expect(statSync(path).mode & 0o777).toBe(0o755)
    expect(readFileSync(path, 'utf8')).toContain('exec /opt/KosmoKrator/resources/cli/node')
    expect(existsSync(inApp('resources/cli/node'))).toBe(true)
    expect(statSync(inApp('resources/cli/node')).mode & 0o777).toBe(0o755)
  })
})
