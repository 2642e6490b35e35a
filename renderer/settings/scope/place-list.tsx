import { useId, useState } from 'react'
import type { PlaceView } from '../../../shared/protocol/account-methods.ts'
import { Empty } from '../../ui/empty.tsx'
import { filterPlaces } from './filter-places.ts'
import { TeamPlaces } from './team-places.tsx'
import './place-list.css'

type PlaceListProps = {
  places: readonly PlaceView[]
  text: string
  onText: (text: string) => void
}

/** More channels than this are looked for by name, not by eye. */
const FILTERED_FROM = 12

/** Teams and channels to tick. */
export function PlaceList({ places, text, onText }: PlaceListProps) {
  const id = useId()
  const [wanted, setWanted] = useState('')
  if (places.length === 0) {
    return (
      <Empty title="This account is in no team">
        It sees direct messages only. Add it to a team in Mattermost, or name people below, such as @bob.
      </Empty>
    )
  }
  const count = places.reduce((sum, { channels }) => sum + channels.length, 0)
  const shown = filterPlaces(places, wanted)
  return (
    <div className="places">
      {count > FILTERED_FROM && (
        <div className="field">
          <label className="unseen" htmlFor={id}>
            Find a team or channel
          </label>
          <input
            id={id}
            className="input"
            type="search"
            value={wanted}
            placeholder={`Find among ${count} channels`}
            onChange={event => setWanted(event.target.value)}
          />
        </div>
      )}
      {shown.map(place => (
        <TeamPlaces key={place.team} place={place} places={places} text={text} onText={onText} />
      ))}
      <div role="status">
        {shown.length === 0 && <p className="muted">No team or channel of that name.</p>}
      </div>
    </div>
  )
}
