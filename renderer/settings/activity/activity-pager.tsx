import { ActionButton } from '../../ui/action-button.tsx'
import { exact } from '../words/time-words.ts'

type ActivityPagerProps = {
  /** From 1, the newest. */
  page: number
  /** Undefined while it is being found out. */
  answer: { hasMore: boolean; lookedBackTo: string | undefined } | undefined
  onNewer(): void
  onOlder(): void
}

/** Turns the pages of the list. It stays while a page is read, so that it keeps the focus of whoever turns them. */
export function ActivityPager({ page, answer, onNewer, onOlder }: ActivityPagerProps) {
  if (page === 1 && answer?.hasMore !== true) return null
  const lookedBackTo = answer?.lookedBackTo
  return (
    <nav className="pager" aria-label="Pages of the activity">
      <ActionButton isOff={page === 1} onClick={onNewer}>
        Newer
      </ActionButton>
      <span className="muted" role="status">
        Page {page}
        {lookedBackTo !== undefined && ` · looked back to ${exact(Date.parse(lookedBackTo))}`}
      </span>
      <ActionButton isBusy={answer === undefined} isOff={answer?.hasMore === false} onClick={onOlder}>
        {lookedBackTo === undefined ? 'Older' : 'Look further'}
      </ActionButton>
    </nav>
  )
}
