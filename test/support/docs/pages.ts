import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../setup/paths.mjs'

/** A block between fences, with what an HTML comment right before it says to our tests. */
export type Fence = { language: string; text: string; line: number; note: string }

/** A page of ours, in the parts that tests look at. */
export type Page = {
  /** From the root of the repository, with slashes. */
  path: string
  text: string
  fences: Fence[]
  /** The anchors that its headings make, as GitHub names them. */
  anchors: string[]
  /** Where its links lead, as they stand there. */
  links: string[]
  /** What stands between single backticks outside of fences, on one line. */
  spans: string[]
}

const NOTE = /^<!-- (.*?) -->$/

/** Every page for people that the repository has. */
export function allPages(): Page[] {
  const paths = ['', 'docs'].flatMap(folder =>
    readdirSync(join(root, folder))
      .filter(name => name.endsWith('.md'))
      .map(name => (folder === '' ? name : `${folder}/${name}`)),
  )
  return paths.map(readPage)
}

/** One of them. @param path from the root of the repository */
export function readPage(path: string): Page {
  return parsePage(path, readFileSync(join(root, path), 'utf8'))
}

/** The parts of a page. Knows as much of Markdown as our own pages use. */
export function parsePage(path: string, text: string): Page {
  const fences: Fence[] = []
  const prose: string[] = []
  let open: (Fence & { end: string }) | undefined
  let note = ''
  for (const [index, line] of text.split('\n').entries()) {
    if (open !== undefined) {
      if (line.trim() === open.end) {
        const { end: _, ...fence } = open
        fences.push({ ...fence, text: fence.text.replace(/\n$/, '') })
        open = undefined
      } else open.text += `${line}\n`
      continue
    }
    const [, end, language = ''] = /^\s*(`{3,})(\w*)$/.exec(line) ?? []
    if (end !== undefined) {
      open = { language, text: '', line: index + 1, note, end }
      note = ''
      continue
    }
    const said = NOTE.exec(line.trim())?.[1]
    if (said !== undefined) note = said
    else if (line.trim() !== '') note = ''
    prose.push(line)
  }
  if (open !== undefined) throw new Error(`${path}:${open.line}: the fence is never closed`)
  const read = prose.join('\n').replace(/<!--[\s\S]*?-->/g, '')
  const spans = [...read.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, span = '']) => span.replace(/\s+/g, ' '))
  const plain = read.replace(/(?<!`)`[^`]+`(?!`)/g, '`')
  const links = [...plain.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return { path, text, fences, anchors: anchorsOf(prose), links, spans }
}

function anchorsOf(lines: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return lines.flatMap(line => {
    const [, title] = /^#{1,6} (.+)$/.exec(line) ?? []
    if (title === undefined) return []
    const slug = title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return [times === 0 ? slug : `${slug}-${times}`]
  })
}
