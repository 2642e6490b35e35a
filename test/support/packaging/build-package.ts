import { execFile } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { version as electronVersion } from 'electron/package.json'
import { version } from '../../../package.json'
import { root } from '../../setup/paths.mjs'
import { makeStandInDist } from './stand-in-dist.ts'

const run = promisify(execFile)

export type BuiltPackage = {
  /** The unpacked app. */
  app: string
  /** The .deb, unpacked. */
  deb: string
  /** What dpkg says of it. */
  control: string
  /** Its files, with owner and mode, a line each. */
  listing: string[]
  /** What runs after it was removed. */
  afterRemove: string
  remove(): void
}

/** The package for Linux, as electron-builder makes it by our configuration, around a stand-in for Electron. */
export async function buildPackage(): Promise<BuiltPackage> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-package-')))
  const [dist, out, deb] = ['dist', 'out', 'deb'].map(name => join(folder, name)) as [string, string, string]
  makeStandInDist(dist, electronVersion)
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const shim = join(root, 'test/support/packaging/fpm-shim.mjs')
  const overrides = [`-c.electronDist=${dist}`, `-c.directories.output=${out}`]
  await run(process.execPath, [builder, '--linux', 'deb', ...overrides], {
    cwd: root,
    env: { ...process.env, CUSTOM_FPM_PATH: shim },
  })
  const file = join(out, `kosmokrator-desktop_${version}_${DEB[process.arch] ?? process.arch}.deb`)
  await run('dpkg-deb', ['-x', file, deb])
  const [control, listing, afterRemove] = await Promise.all([
    run('dpkg-deb', ['-f', file]).then(({ stdout }) => stdout),
    run('dpkg-deb', ['-c', file]).then(({ stdout }) => stdout.split('\n')),
    run('dpkg-deb', ['-I', file, 'postrm']).then(({ stdout }) => stdout),
  ])
  const app = join(out, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
  return {
    app,
    deb,
    control,
    listing,
    afterRemove,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const DEB: Partial<Record<string, string>> = { x64: 'amd64' }
