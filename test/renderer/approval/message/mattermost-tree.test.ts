import type { Nodes, Root } from 'mdast'
import { expect, it } from 'vitest'
import { mattermostTree } from '../../../../renderer/approval/message/mattermost-tree.ts'

function depthOf(node: Nodes): number {
  let deepest = 0
  const open: [Nodes, number][] = [[node, 0]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [each, depth] = next
    deepest = Math.max(deepest, depth)
    if ('children' in each) for (const child of each.children) open.push([child, depth + 1])
  }
  return deepest
}

it('cuts a tree that is deeper than functions can walk, and keeps its text', () => {
  const source = 'x'
  const position = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } }
  let inner: Root['children'][number] = {
    type: 'paragraph',
    children: [{ type: 'text', value: 'x' }],
    position,
  }
  for (let depth = 0; depth < 50_000; depth++) inner = { type: 'blockquote', children: [inner], position }
  const tree: Root = { type: 'root', children: [inner] }
  mattermostTree()(tree, { value: source })
  expect(depthOf(tree)).toBeLessThan(50)
})

it('takes a table of millions of cells as text', () => {
  const position = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 4, offset: 3 } }
  const tree: Root = {
    type: 'root',
    children: [
      {
        type: 'table',
        align: Array.from({ length: 2_000 }, () => null),
        children: Array.from({ length: 2_000 }, () => ({ type: 'tableRow' as const, children: [] })),
        position,
      },
    ],
  }
  mattermostTree()(tree, { value: '|a|' })
  expect(tree.children).toEqual([{ type: 'code', value: '|a|' }])
})
