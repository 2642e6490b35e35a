import { cleanLine } from '../../../shared/text/clean.ts'
import { RenderBoundary } from '../render-boundary.tsx'
import { ExactText } from './exact-text.tsx'
import { MattermostText } from './mattermost-text.tsx'
import { whyNotRendered } from './renderable.ts'
import './rendered-message.css'

/** A post as others will see it: from whom, and what. */
export function RenderedMessage({ author, text }: { author: string; text: string }) {
  const name = cleanLine(author).replace(/^@/, '')
  return (
    <div className="rendered-message">
      <div className="author-mark" aria-hidden="true">
        {(Array.from(name)[0] ?? '?').toUpperCase()}
      </div>
      <div className="rendered-text">
        <p className="author">
          <b>
            <bdi>{name}</bdi>
          </b>{' '}
          <span className="faint">now</span>
        </p>
        <Rendered text={text} />
      </div>
    </div>
  )
}

function Rendered({ text }: { text: string }) {
  const why = whyNotRendered(text)
  if (why !== undefined) return <AsItStands why={why} text={text} />
  return (
    <RenderBoundary
      key={text}
      fallback={<AsItStands why="It cannot be shown as others will see it." text={text} />}
    >
      <MattermostText text={text} />
    </RenderBoundary>
  )
}

function AsItStands({ why, text }: { why: string; text: string }) {
  return (
    <>
      <p className="muted">{why} This is the text to the letter:</p>
      <ExactText text={text} />
    </>
  )
}
