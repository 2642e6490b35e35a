import type { Element, ElementContent, Root, Text } from 'hast'
import { visibleParts } from '../../../shared/text/visible.ts'
import { mattermostWords, type Word } from './mattermost-words.ts'

type Parent = Root | Element

/** Puts what Mattermost shows in a way of its own, and what would not show at all, into elements of their own. */
export function markWords() {
  return (tree: Root): void => {
    const open: { parent: Parent; isCode: boolean }[] = [{ parent: tree, isCode: false }]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { parent, isCode } = next
      const children: Root['children'] = []
      for (const child of parent.children) {
        if (child.type === 'text') children.push(...marked(child, isCode))
        else {
          if (child.type === 'element') {
            open.push({ parent: child, isCode: isCode || child.tagName === 'code' })
          }
          children.push(child)
        }
      }
      parent.children = children as typeof parent.children
    }
  }
}

/** In code, names are not names: only what would not show is marked. */
function marked({ value }: Text, isCode: boolean): ElementContent[] {
  const words: Word[] = isCode ? [{ kind: 'plain', text: value }] : mattermostWords(value)
  return words.flatMap(word => {
    switch (word.kind) {
      case 'plain':
        return visibleParts(word.text).map(
          (part): ElementContent =>
            part.kind === 'text' ? { type: 'text', value: part.text } : element('unseen-mark', part.code),
        )
      case 'emoji':
        return [{ ...element('emoji', word.emoji, { title: word.text, role: 'img', ariaLabel: word.text }) }]
      default:
        return [element(word.kind, word.text)]
    }
  })
}

function element(className: string, value: string, more: Element['properties'] = {}): Element {
  return {
    type: 'element',
    tagName: className === 'wide' ? 'mark' : 'span',
    properties: { className: [className], ...more },
    children: [{ type: 'text', value }],
  }
}
