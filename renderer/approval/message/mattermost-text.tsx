import type { Element, ElementContent } from 'hast'
import { memo } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkBreaks from 'remark-breaks'
import remarkGfm from 'remark-gfm'
import { hostOf } from '../../../shared/approvals/risks/hosts.ts'
import { isolated } from '../../ui/isolated.ts'
import { markWords } from './mark-words.ts'
import { mattermostTree } from './mattermost-tree.ts'
import { MessageLink } from './message-link.tsx'
import './mattermost-text.css'

/** A single tilde is for channels. The tree is cut to size before others walk it. */
const REMARK = [
  [remarkGfm, { singleTilde: false }] as [typeof remarkGfm, object],
  mattermostTree,
  remarkBreaks,
]
const REHYPE = [markWords]

/** What elements become. No image, no field, no link of the browser's own; headings of a message are none of the page. */
const COMPONENTS: Components = {
  a: ({ node, href = '', children }) => (
    <MessageLink href={href} label={textIn(node)}>
      {children}
    </MessageLink>
  ),
  img: ({ src, alt }) => <ImageChip source={typeof src === 'string' ? src : ''} words={alt ?? ''} />,
  input: ({ checked }) => (
    <span className="task" role="img" aria-label={checked === true ? 'done' : 'to do'}>
      {checked === true ? '☑' : '☐'}
    </span>
  ),
  h1: ({ children }) => <p className="heading one">{children}</p>,
  h2: ({ children }) => <p className="heading two">{children}</p>,
  h3: ({ children }) => <p className="heading three">{children}</p>,
  h4: ({ children }) => <p className="heading four">{children}</p>,
  h5: ({ children }) => <p className="heading five">{children}</p>,
  h6: ({ children }) => <p className="heading six">{children}</p>,
  pre: ({ children }) => <pre>{children}</pre>,
}

/** A message as Mattermost renders Markdown. Nothing in it is loaded, run or followed. */
export const MattermostText = memo(function MattermostText({ text }: { text: string }) {
  return (
    <div className="mattermost-text">
      <Markdown
        remarkPlugins={REMARK}
        rehypePlugins={REHYPE}
        components={COMPONENTS}
        // Targets are shown and judged, and never put into the page.
        urlTransform={url => url}
      >
        {text}
      </Markdown>
    </div>
  )
})

function ImageChip({ source, words }: { source: string; words: string }) {
  const host = hostOf(source) ?? 'this server'
  return (
    <span className="image-chip">
      Image from <bdi>{isolated(host, 60)}</bdi>
      {words.trim() !== '' && (
        <>
          : <bdi>{isolated(words, 120)}</bdi>
        </>
      )}
    </span>
  )
}

function textIn(node: Element | undefined): string {
  let text = ''
  const open: ElementContent[] = [...(node?.children ?? [])].reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === 'text') text += next.value
    else if (next.type === 'element') open.push(...[...next.children].reverse())
  }
  return text
}
