import { useEffect, useSyncExternalStore } from 'react'
import { clientLabel } from '../../shared/desktop/labels.ts'
import { Announcer } from '../ui/announcer.tsx'
import { isolated } from '../ui/isolated.ts'
import type { ApprovalDesk } from './approval-desk.ts'
import type { Desk } from './desk/desk.ts'
import { GoneView } from './gone-view.tsx'
import { useInputGuard } from './guard/use-input-guard.ts'
import { IdleView } from './idle-view.tsx'
import { RequestView } from './request/request-view.tsx'
import { WishContext } from './wish-context.ts'
import './approval-page.css'

/** The approval window. */
export function ApprovalPage({ desk: keeper }: { desk: ApprovalDesk }) {
  const desk = useSyncExternalStore(keeper.subscribe, keeper.snapshot)
  useInputGuard(desk, keeper.wish, keeper.drawn)
  const title = titleOf(desk)
  useEffect(() => {
    document.title = title
  }, [title])
  // Two in a row that read the same are spoken twice.
  const again = desk.generation % 2 === 0 ? '' : '\u00a0'
  const spoken = desk.step.kind === 'gone' || desk.shown === undefined ? '' : title + again
  return (
    <WishContext value={keeper.wish}>
      <View desk={desk} />
      <Announcer words={spoken} />
    </WishContext>
  )
}

function View({ desk }: { desk: Desk }) {
  const { shown, step } = desk
  if (shown === undefined) return <IdleView desk={desk} />
  if (step.kind === 'gone') return <GoneView desk={desk} key={shown.approval.id} />
  return <RequestView desk={desk} shown={shown} key={shown.approval.id} />
}

function titleOf({ shown, step }: Desk): string {
  if (shown === undefined || step.kind === 'gone') return 'KosmoKrator'
  const { asker, subject } = shown.approval
  return `${isolated(clientLabel(asker.client), 40)} wants to post to ${isolated(subject.place, 60)}`
}
