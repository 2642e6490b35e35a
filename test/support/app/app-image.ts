import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { builtProgram } from '../mcp/program.ts'

const FOLDER = resolve(import.meta.dirname, '../../..')

/** The built app as an AppImage has it when it is mounted. */
export type MountedImage = {
  /** For the host. */
  app: string
  /** What the AppImage's own start sets. */
  env: { APPIMAGE: string; APPDIR: string }
}

/**
 * Lays one out.
 *
 * @param mount the folder that would be mounted
 * @param file the AppImage; it is made, empty
 */
export function mountImage(mount: string, file: string, version: string): MountedImage {
  const [app, cli] = [join(mount, 'resources/app'), join(mount, 'resources/cli')]
  for (const part of ['main', 'preload', 'renderer']) {
    cpSync(join(FOLDER, 'dist', part), join(app, 'dist', part), { recursive: true })
  }
  const manifest = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'))
  writeFileSync(join(app, 'package.json'), JSON.stringify({ ...manifest, version }))
  cpSync(dirname(builtProgram()), cli, { recursive: true })
  appendFileSync(join(cli, 'kosmo.cjs'), `// ${version}\n`)
  symlinkSync(process.execPath, join(cli, 'node'))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '', { mode: 0o755 })
  return { app, env: { APPIMAGE: file, APPDIR: mount } }
}
