import type { Nodes, Paragraph, Parents, PhrasingContent, Root, RootContent, Table } from 'mdast'

const MAX_DEPTH = 40
/** Rows are filled up to the width of their header: few characters can make millions of cells. */
const MAX_CELLS = 4_000

/**
 * Makes of a Markdown tree what is shown to somebody who decides on it: nothing of the text is hidden (definitions of
 * links, HTML), nothing is there that Mattermost does not know (footnotes), nothing is so deep or so large that a page
 * falls over it.
 */
export function mattermostTree() {
  return (tree: Root, file: { value: unknown }): void => {
    const source = String(file.value)
    const open: { parent: Parents; depth: number }[] = [{ parent: tree, depth: 0 }]
    // Trees can be deeper than what functions that call themselves can walk.
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { parent, depth } = next
      const children = parent.children.map(child => shown(child, parent, depth, source))
      parent.children = children as typeof parent.children
      for (const child of children) if ('children' in child) open.push({ parent: child, depth: depth + 1 })
    }
  }
}

const PHRASING = new Set([
  'paragraph',
  'heading',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'tableCell',
])

function shown(node: RootContent, parent: Parents, depth: number, source: string): RootContent {
  switch (node.type) {
    case 'definition':
      return paragraph(sourceOf(node, source), 'unshown')
    case 'footnoteDefinition':
      return paragraph(sourceOf(node, source))
    case 'footnoteReference':
      return { type: 'text', value: sourceOf(node, source) }
    case 'html':
      return PHRASING.has(parent.type) ? { type: 'text', value: node.value } : paragraph(node.value)
    case 'table':
      return cellsOf(node) > MAX_CELLS ? { type: 'code', value: sourceOf(node, source) } : node
    default: {
      if (depth < MAX_DEPTH || !('children' in node)) return node
      const value = sourceOf(node, source)
      return PHRASING.has(parent.type) ? { type: 'text', value } : paragraph(value)
    }
  }
}

function cellsOf({ align, children }: Table): number {
  const columns = Math.max(align?.length ?? 0, ...children.map(row => row.children.length))
  return columns * children.length
}

function paragraph(value: string, className?: string): Paragraph {
  const children: PhrasingContent[] = [{ type: 'text', value }]
  return {
    type: 'paragraph',
    children,
    ...(className !== undefined && { data: { hProperties: { className: [className] } } }),
  }
}

function sourceOf({ position }: Nodes, source: string): string {
  return source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0)
}
