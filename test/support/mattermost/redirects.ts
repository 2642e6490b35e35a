import { posix } from 'node:path'
import { type Reply, textReply } from './reply.ts'

/** 301 to the cleaned path for `..`, `//` and their encoded forms; undefined for a clean path. */
export function cleanedRedirect(path: string, search: string): Reply | undefined {
  let clean = posix.normalize(path)
  if (!clean.startsWith('/')) clean = `/${clean}`
  if (clean === path) return undefined
  return { status: 301, headers: [['Location', encodeURI(clean) + search]], body: Buffer.alloc(0) }
}

/** 302 into the subpath for everything outside it, whatever the method; GET gets a small page, POST nothing. */
export function intoSubpath(
  method: string,
  path: string,
  search: string,
  subpath: string,
): Reply | undefined {
  if (subpath === '' || path === subpath || path.startsWith(`${subpath}/`)) return undefined
  const target = encodeURI(posix.join(subpath, path).replace(/\/$/, '')) + search
  if (method !== 'GET') return { status: 302, headers: [['Location', target]], body: Buffer.alloc(0) }
  return textReply(302, `<a href="${target}">Found</a>.\n\n`, [
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Location', target],
  ])
}
