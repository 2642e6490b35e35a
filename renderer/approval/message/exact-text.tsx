import { memo } from 'react'
import { VisibleText } from '../../ui/visible-text.tsx'
import './exact-text.css'

/** From how many lines on they are counted. */
const NUMBERED_FROM = 5

/** A text to the letter: nothing rendered, nothing unseen, line by line. */
export const ExactText = memo(function ExactText({ text }: { text: string }) {
  const lines = text.split('\n')
  const isLong = lines.length >= NUMBERED_FROM
  return (
    <div className={isLong ? 'exact-text numbered' : 'exact-text'}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
        <div className="line" key={index} dir="auto">
          {line === '' ? '\u00a0' : <VisibleText text={line} />}
        </div>
      ))}
    </div>
  )
})
