import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { version as ownVersion } from '../../../package.json'
import { mountImage } from './app-image.ts'

/** A version that the server offers. */
export type Release = {
  version: string
  /** The program. */
  content: string
  notes?: string
  /** Default: that of the program. */
  sha512?: string
}

/** A server with releases, and an app of an older version that was installed from there as an AppImage. */
export type Releases = {
  /** The app, as it runs when it is installed. */
  app: string
  env: Record<string, string>
  /** The AppImage that runs. */
  appImage: string
  /** What was asked of the server so far. */
  asked: { path: string; headers: IncomingHttpHeaders }[]
  offer(release: Release): void
  /** Nobody answers, until it has come back. */
  vanish(): Promise<void>
  comeBack(): Promise<void>
  remove(): Promise<void>
}

const FILE = 'KosmoKrator-new.AppImage'

export async function openReleases(): Promise<Releases> {
  const files = new Map<string, string>()
  const asked: Releases['asked'] = []
  const server = createServer(({ url = '', headers }, response) => {
    const path = url.replace(/\?.*$/, '')
    asked.push({ path, headers })
    const file = files.get(path)
    response.writeHead(file === undefined ? 404 : 200, { 'content-length': Buffer.byteLength(file ?? '') })
    response.end(file)
  })
  const listen = (at: number) => new Promise<void>(resolve => server.listen(at, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const folder = mkdtempSync('/tmp/kr-')
  const appImage = join(folder, 'KosmoKrator.AppImage')
  const mount = join(folder, 'mount')
  const { app, env } = mountImage(mount, appImage, ownVersion)
  const feed = {
    provider: 'generic',
    url: `http://127.0.0.1:${port}/`,
    updaterCacheDirName: 'kosmokrator-updater',
  }
  writeFileSync(join(mount, 'resources/app-update.yml'), JSON.stringify(feed))
  writeFileSync(appImage, 'the old one', { mode: 0o755 })
  const vanish = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return {
    app,
    env,
    appImage,
    asked,
    offer({ version, content, notes, sha512 = sum(content) }) {
      const file = { url: FILE, sha512, size: Buffer.byteLength(content) }
      const told = {
        version,
        files: [file],
        path: FILE,
        sha512,
        releaseNotes: notes,
        releaseDate: '2026-11-26',
      }
      files.set('/latest-linux.yml', JSON.stringify(told)).set(`/${FILE}`, content)
    },
    vanish,
    comeBack: () => listen(port),
    async remove() {
      if (server.listening) await vanish()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function sum(content: string): string {
  return createHash('sha512').update(content).digest('base64')
}

/** What a file holds, or nothing where there is none. */
export function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
