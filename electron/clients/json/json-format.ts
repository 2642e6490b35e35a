import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser'
import { applyEdits } from '../../../shared/clients/text-edit.ts'
import type { FoundEntry, SettingsFormat } from '../settings-format.ts'
import { addMember, newFileText, removeMember, replaceValue } from './json-edits.ts'
import { hasCommentBetween, triviaEnd } from './json-tokens.ts'

/** Settings in JSON, with comments and trailing commas as editors take them. `container`: the member with the servers. */
export function jsonFormat(container: string): SettingsFormat {
  return {
    fault(text) {
      const errors: ParseError[] = []
      if (isBlank(text)) return undefined
      try {
        parse(text, errors)
      } catch {
        return { line: 1, column: 1 }
      }
      const [first] = errors
      return first && placeOf(text, first.offset)
    },

    find(text, name): FoundEntry {
      if (isBlank(text)) return { kind: 'absent' }
      const root = parse(text)
      if (root?.type !== 'object') return { kind: 'unusable', why: 'it holds no object' }
      const servers = membersOf(root, container)
      if (servers.length > 1) return { kind: 'unusable', why: `"${container}" is in it twice` }
      const [table] = servers.map(memberValue)
      if (table === undefined) return { kind: 'absent' }
      if (table.type !== 'object') return { kind: 'unusable', why: `"${container}" is no object` }
      const found = membersOf(table, name)
      if (found.length > 1) return { kind: 'unusable', why: `"${name}" is in it twice` }
      const [property] = found
      if (property === undefined) return { kind: 'absent' }
      const value: unknown = getNodeValue(memberValue(property))
      const hasComment = hasCommentBetween(text, property.offset, property.offset + property.length)
      return { kind: 'entry', value, hasComment }
    },

    put(text, name, entry) {
      const nothing = { lead: '', tail: '', comma: false }
      if (isBlank(text)) {
        const placing = { ...nothing, madeContainer: true }
        return { text: text + newFileText({ [container]: { [name]: entry } }), placing }
      }
      const root = rootOf(text)
      const [table] = membersOf(root, container).map(memberValue)
      if (table === undefined) {
        const { edits, ...placing } = addMember(text, root, container, { [name]: entry })
        return { text: applyEdits(text, edits), placing: { ...placing, madeContainer: true } }
      }
      const [property] = membersOf(table, name)
      if (property !== undefined) {
        return { text: applyEdits(text, replaceValue(text, property, entry)), placing: undefined }
      }
      const { edits, ...placing } = addMember(text, table, name, entry)
      return { text: applyEdits(text, edits), placing: { ...placing, madeContainer: false } }
    },

    remove(text, name, placing) {
      const [outer] = membersOf(rootOf(text), container)
      const table = outer && memberValue(outer)
      const [property] = table === undefined ? [] : membersOf(table, name)
      if (outer === undefined || property === undefined) return text
      const isAlone = table?.children?.length === 1
      if (placing.madeContainer && isAlone) return applyEdits(text, removeMember(text, outer, placing))
      const known = placing.madeContainer ? undefined : placing
      return applyEdits(text, removeMember(text, property, known))
    },

    others(text, name) {
      if (isBlank(text)) return []
      const root = rootOf(text)
      const entries = (root.children ?? []).flatMap(property => {
        if (keyOf(property) !== container) return [[keyOf(property), getNodeValue(memberValue(property))]]
        const left = (memberValue(property).children ?? []).filter(each => keyOf(each) !== name)
        const inner = left.map(each => [keyOf(each), getNodeValue(memberValue(each))])
        return inner.length === 0 ? [] : [[container, inner]]
      })
      // Pairs, so that a key that an object takes for something else counts too.
      return entries
    },
  }
}

function parse(text: string, errors: ParseError[] = []): Node | undefined {
  // The mark in front is no JSON; a blank in its place keeps every offset.
  return parseTree(text.replace(/^\ufeff/, ' '), errors, { allowTrailingComma: true })
}

function rootOf(text: string): Node {
  const root = parse(text)
  if (root?.type !== 'object') throw new Error('the settings hold no object')
  return root
}

function membersOf(object: Node, key: string): Node[] {
  return (object.children ?? []).filter(property => keyOf(property) === key)
}

function keyOf(property: Node): unknown {
  return property.children?.[0]?.value
}

function memberValue(property: Node): Node {
  const value = property.children?.[1]
  if (value === undefined) throw new Error('a member without a value')
  return value
}

function isBlank(text: string): boolean {
  return triviaEnd(text, 0) === text.length
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.replace(/^\ufeff/, '').length ?? 0) + 1 }
}
