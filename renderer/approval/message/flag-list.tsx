import { memo } from 'react'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { Chip } from '../../ui/chip.tsx'
import { flagsOf } from './flags.ts'
import './flag-list.css'

/** What a post would set off, and what is odd about its text. */
export const FlagList = memo(function FlagList({
  subject,
  draft,
  later,
}: {
  subject: WriteSubject
  draft: string | undefined
  later: string | undefined
}) {
  const flags = flagsOf(subject, draft)
  if (flags.length === 0 && later === undefined) return null
  return (
    <ul className="flag-list" aria-label="What to know before it is posted">
      {flags.map(({ key, tone, label, text }) => (
        <li key={key}>
          <Chip tone={tone}>
            <bdi>{label}</bdi>
          </Chip>
          <bdi>{text}</bdi>
        </li>
      ))}
      {later !== undefined && (
        <li>
          <Chip tone="plain">Later</Chip>
          <bdi>{later}</bdi>
        </li>
      )}
    </ul>
  )
})
