import type { DesktopPart } from '../../../shared/protocol/desktop-methods.ts'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { Answered } from '../shell/answered.tsx'
import { useQuestion } from '../shell/use-question.ts'

/** What the desktop does not give us, and what to do about it; nothing where it gives all. */
export function DesktopParts() {
  const asked = useQuestion('desktop', remote => remote.desktop({}))
  return (
    <Answered asked={asked}>
      {({ notifications, tray }) => (
        <>
          <Part title="There is no place for the tray icon." part={tray} />
          <Part title="There are no notifications." part={notifications} />
        </>
      )}
    </Answered>
  )
}

function Part({ title, part }: { title: string; part: DesktopPart }) {
  if (part.kind !== 'missing') return null
  return (
    <Notice tone="ask" title={title}>
      <Said text={part.why} />
    </Notice>
  )
}
