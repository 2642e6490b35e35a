import { useState } from 'react'
import type { PlaceView } from '../../../shared/protocol/account-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Name } from '../../ui/name.tsx'
import { Tick } from '../../ui/tick.tsx'
import { count } from '../words/count-words.ts'
import { isTicked, isWholeTeam, withChannel, withTeam } from './scope-choice.ts'

type TeamPlacesProps = {
  /** As far as it is shown. */
  place: PlaceView
  /** All there are: what a tick changes is weighed against them. */
  places: readonly PlaceView[]
  text: string
  onText: (text: string) => void
}

/** As many as are read at a glance; the others on request. */
const SHOWN = 60

/** A team to tick as a whole, and its channels one by one. */
export function TeamPlaces({ place, places, text, onText }: TeamPlacesProps) {
  const [showsAll, setShowsAll] = useState(false)
  const { team, title, channels } = place
  const ticked = channels.filter(({ channel }) => isTicked(text, { team, channel })).length
  const isWhole = isWholeTeam(text, team)
  const shown = showsAll ? channels : channels.slice(0, SHOWN)
  return (
    <fieldset className="team">
      <legend className="unseen">
        <Name text={title} />
      </legend>
      <Tick
        isTicked={isWhole}
        isPartly={ticked > 0}
        onTick={isWanted => onText(withTeam(text, team, isWanted, places))}
      >
        <b>
          <Name text={title} />
        </b>{' '}
        <span className="muted">
          {isWhole
            ? 'the whole team, channels that are added later too'
            : `${ticked} of ${count(channels.length, 'channel')}`}
        </span>
      </Tick>
      <ul>
        {shown.map(({ channel, title: name, kind }) => (
          <li key={channel}>
            <Tick
              isTicked={isTicked(text, { team, channel })}
              onTick={isWanted => onText(withChannel(text, { team, channel }, isWanted, places))}
            >
              <Name text={name} max={60} />
              {kind === 'private' && (
                <>
                  {' '}
                  <Icon name="lock" />
                  <span className="unseen">private</span>
                </>
              )}
            </Tick>
          </li>
        ))}
      </ul>
      {channels.length > shown.length && (
        <ActionButton kind="quiet" onClick={() => setShowsAll(true)}>
          Show {count(channels.length - shown.length, 'more channel')}
        </ActionButton>
      )}
    </fieldset>
  )
}
