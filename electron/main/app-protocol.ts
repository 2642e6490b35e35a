import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { protocol } from 'electron'
import { CONTENT_SECURITY_POLICY } from '../../shared/desktop/content-security-policy.ts'

const SCHEME = 'kosmo'
const HOST = 'app'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** The address of a window's page. */
export function pageUrl(page: 'approval' | 'settings'): string {
  return `${SCHEME}://${HOST}/${page}/index.html`
}

/** An origin of our own, as good as https: to be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** Serves the built pages, and nothing that is not below their folder. */
export function serveAppPages(folder: string): void {
  protocol.handle(SCHEME, request => answer(folder, request))
}

async function answer(folder: string, { method, url }: { method: string; url: string }): Promise<Response> {
  const path = method === 'GET' ? fileOf(folder, url) : undefined
  const type = path === undefined ? undefined : TYPES[extname(path)]
  if (path === undefined || type === undefined) return nothing()
  try {
    return new Response(new Uint8Array(await readFile(path)), {
      headers: { ...HEADERS, 'content-type': type },
    })
  } catch {
    return nothing()
  }
}

function nothing(): Response {
  return new Response('', { status: 404, headers: HEADERS })
}

/** The file that an address names; undefined where it leads anywhere else. */
export function fileOf(folder: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol: scheme, host, pathname } = new URL(address)
  if (scheme !== `${SCHEME}:` || host !== HOST) return undefined
  let name: string
  try {
    name = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (name.includes('\0') || name.includes('\\')) return undefined
  const root = resolve(folder)
  const path = resolve(join(root, name))
  return path.startsWith(root + sep) ? path : undefined
}
