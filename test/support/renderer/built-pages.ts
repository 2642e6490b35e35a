import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Route } from 'playwright-core'
import { CONTENT_SECURITY_POLICY } from '../../../shared/desktop/content-security-policy.ts'
import { root } from '../../setup/paths.mjs'

/** Where the pages are for the browser; nothing of it leaves this machine. */
export const ORIGIN = 'https://app.kosmo.test'

const FOLDER = join(root, 'dist/renderer')
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Answers a request of a page from what was built, with the headers that the app sends. */
export async function serveBuiltPage(route: Route): Promise<void> {
  const path = normalize(join(FOLDER, decodeURIComponent(new URL(route.request().url()).pathname)))
  const type = TYPES[extname(path)]
  const body =
    path.startsWith(FOLDER + sep) && type !== undefined
      ? await readFile(path).catch(() => undefined)
      : undefined
  if (body === undefined || type === undefined) {
    await route.fulfill({ status: 404, contentType: 'text/plain', body: 'not found' })
    return
  }
  await route.fulfill({
    status: 200,
    headers: {
      'content-type': type,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    },
    body,
  })
}
