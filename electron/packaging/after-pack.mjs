import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What electron-builder cannot be told in its file: the runtime can be run by everybody, only the native part of this
 * system is kept, and Electron's sample app is not in the package.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, packager, electronPlatformName, arch }) {
  const resources = packager.getResourcesDir(appOutDir)
  const cli = join(resources, 'cli')
  const isWindows = electronPlatformName === 'win32'
  if (!isWindows) chmodSync(join(cli, 'node'), 0o755)
  rmSync(join(resources, 'default_app.asar'), { force: true })

  const wanted = `keyring-${electronPlatformName}-${ARCHITECTURES[arch]}`
  const parts = join(cli, 'node_modules', '@napi-rs')
  const native = readdirSync(parts).filter(name => name.startsWith('keyring-'))
  for (const name of native.filter(name => !name.startsWith(wanted)))
    rmSync(join(parts, name), { recursive: true })
  if (!native.some(name => name.startsWith(wanted)))
    throw new Error(`The keychain's native part ${wanted} is not installed.`)
  if (!existsSync(join(cli, 'kosmo.cjs'))) throw new Error('The command line is not built: npm run build')
}

/** electron-builder's numbers. */
const ARCHITECTURES = ['ia32', 'x64', 'armv7l', 'arm64']
