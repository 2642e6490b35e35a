import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import known from './known.json' with { type: 'json' }

/** What a package says of itself. */
export type PackageFacts = {
  name: string
  version: string
  /** An SPDX expression, e.g. `MIT` or `(MIT OR Apache-2.0)`; empty where it says nothing. */
  licence: string
  /** The files of its licence, whole, one after the other; empty where there is none. */
  text: string
  /** Names of the packages that it asks for. */
  needs: string[]
}

const NODE_MODULES = 'node_modules/'
const TEXTS = /^(licen[cs]e|copying|notice|unlicense)([.-].*)?$/i

/** The folder of the package that a module is of; undefined where it is one of ours. */
export function packageFolder(module: string): string | undefined {
  const path = module.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '')
  const at = path.lastIndexOf(NODE_MODULES)
  if (at === -1) return undefined
  const [scope = '', name = ''] = path.slice(at + NODE_MODULES.length).split('/')
  return path.slice(0, at + NODE_MODULES.length) + (scope.startsWith('@') ? `${scope}/${name}` : scope)
}

type Known = { licence?: string; text?: string; copyright?: string }

/** Reads a package in its folder; what it does not say itself is in known.json. @param texts the folder of licences' texts */
export function packageFacts(folder: string, texts: string): PackageFacts {
  const { name, version, license, dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const hand: Known = (known as Record<string, Known>)[name] ?? {}
  const said = typeof license === 'string' ? license : String(license?.type ?? '')
  const text = ownText(folder)
  const given = hand.text === undefined ? '' : readFileSync(join(texts, hand.text), 'utf8').trim()
  return {
    name: String(name),
    version: String(version),
    licence: hand.licence ?? said,
    text: text === '' && given !== '' ? `${hand.copyright}\n\n${given}` : text,
    // Some say only there what they take where it is at hand.
    needs: Object.keys({ ...dependencies, ...peerDependencies, ...peerDependenciesMeta }),
  }
}

/** The files of a package's licence, or that part of its README. */
function ownText(folder: string): string {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ name }) => name)
  const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim()
  const files = names.filter(name => TEXTS.test(name) && !/\.(c?js|json|md5)$/.test(name))
  if (files.length > 0) return files.map(read).join('\n\n')
  const readme = names.filter(name => /^readme/i.test(name)).map(read)[0] ?? ''
  const [, text = ''] = /^(?:#+ *)?licen[cs]e\n(?:-+\n)?(.*)$/ims.exec(readme) ?? []
  return text.includes('Permission is hereby granted') ? text.trim() : ''
}
