import { Activity, useEffect, useEffectEvent, useRef } from 'react'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { Failure } from './failure.tsx'
import { Navigation } from './navigation.tsx'
import { focusHeading } from './page.tsx'
import type { Places } from './place.ts'
import { PlaceContent } from './place-content.tsx'
import { ShownProvider, useSurroundings } from './remote-context.ts'
import { SECTIONS } from './sections.ts'
import { useQuestion } from './use-question.ts'
import './frame.css'

/** The navigation, what is wrong with the app as a whole, and the section on the screen. */
export function Frame({ places }: { places: Places | undefined }) {
  const { move } = useSurroundings()
  const integrations = useQuestion('integrations', remote => remote.integrations({}))
  const status = useQuestion('status', remote => remote.status({}))
  const hasAccount =
    integrations.kind !== 'answered' || integrations.value.some(({ accounts }) => accounts.length > 0)
  const isKnown = integrations.kind !== 'waiting'
  useEffect(() => {
    if (isKnown) move({ kind: 'begin', place: hasAccount ? 'overview' : 'setup' })
  }, [isKnown, hasAccount, move])
  useSectionKeys()
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    if (places === undefined) return
    main.current?.scrollTo(0, 0)
    if (places.wantsFocus) focusHeading()
  }, [places])

  if (places === undefined) return <Waiting what="Starting…" />
  const isSetup = places.current === 'setup'
  const problems = status.kind === 'answered' ? status.value.problems : []
  const failure = status.kind === 'answered' ? status.stale : status.kind === 'failed' && status.failure
  return (
    <div className={isSetup ? 'frame alone' : 'frame'}>
      {places.current !== 'setup' && (
        <Navigation
          current={places.current}
          waiting={status.kind === 'answered' ? status.value.pending : 0}
          onChoose={place => move({ kind: 'go', place, wantsFocus: false })}
        />
      )}
      <main ref={main}>
        {failure && status.kind !== 'waiting' && (
          <Failure failure={failure} title="KosmoKrator does not answer." again={status.again} />
        )}
        {problems.map(problem => (
          <Notice key={problem} tone="warn" title="Something is wrong.">
            <Said text={problem} />
          </Notice>
        ))}
        {places.visited.map(place => (
          <Activity key={place} mode={place === places.current ? 'visible' : 'hidden'}>
            <ShownProvider value={place === places.current}>
              <div className="page">
                <PlaceContent place={place} />
              </div>
            </ShownProvider>
          </Activity>
        ))}
      </main>
    </div>
  )
}

/** Ctrl or ⌘ and a digit lead to the section of that number. */
function useSectionKeys(): void {
  const { move } = useSurroundings()
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    const section = /^[1-9]$/.test(event.key) ? SECTIONS[Number(event.key) - 1] : undefined
    if (section === undefined) return
    event.preventDefault()
    move({ kind: 'go', place: section.id, wantsFocus: true })
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
