import { useState } from 'react'
import type { ActivityFilter } from '../../../shared/protocol/activity-methods.ts'
import { Page } from '../shell/page.tsx'
import { ActivityFilters } from './activity-filters.tsx'
import { ActivityList } from './activity-list.tsx'
import { EVERYTHING, type FilterChoice, filterOf, isNarrowed } from './entry-filter.ts'
import { ExportActions } from './export-actions.tsx'
import { SEEN_NOTHING, type Seen, seenMore } from './seen-values.ts'

type Chosen = { choice: FilterChoice; filter: ActivityFilter }

/** Everything that agents did and people decided, newest first. */
export function ActivitySection() {
  const [{ choice, filter }, setChosen] = useState<Chosen>({ choice: EVERYTHING, filter: {} })
  const [seen, setSeen] = useState<Seen>(SEEN_NOTHING)
  return (
    <Page
      name="Activity"
      title="Activity"
      lead="Every call and every decision, written down before anything is sent. Each entry seals the one before."
    >
      <ExportActions filter={filter} isNarrowed={isNarrowed(choice)} />
      <section className="card" aria-label="Entries">
        <ActivityFilters
          choice={choice}
          seen={seen}
          onChoose={next => setChosen({ choice: next, filter: filterOf(next, Date.now()) })}
        />
        <ActivityList
          key={JSON.stringify(filter)}
          filter={filter}
          isNarrowed={isNarrowed(choice)}
          onClear={() => setChosen({ choice: EVERYTHING, filter: {} })}
          onEntries={entries => setSeen(before => seenMore(before, entries))}
        />
      </section>
    </Page>
  )
}
