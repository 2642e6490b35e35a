import type { Updates } from '../../../shared/protocol/update-methods.ts'
import { mayLook } from '../../../shared/updates/update-state.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useQuestion } from '../shell/use-question.ts'
import { UpdateView } from './update-view.tsx'

/** Whether there is a newer version, and what to do with it. */
export function UpdatesCard() {
  const { remote } = useSurroundings()
  const asked = useQuestion('updates', each => each.updates({}))
  const look = useAction(() => remote.lookForUpdates({}))
  const value = asked.kind === 'answered' ? asked.value : undefined
  return (
    <Card
      title="Updates"
      action={
        value !== undefined &&
        value.state.kind !== 'elsewhere' && (
          <ActionButton isBusy={look.isBusy} isOff={!mayLook(value.state)} onClick={() => look.run()}>
            Check for updates
          </ActionButton>
        )
      }
    >
      <div className="card-body">
        <Answered asked={asked}>
          {updates => (
            <>
              <UpdateView updates={updates} look={() => look.run()} />
              {updates.state.kind !== 'elsewhere' && <DailyToggle updates={updates} />}
            </>
          )}
        </Answered>
        {look.failure !== undefined && (
          <Failure failure={look.failure} title="Nothing was looked for." close={look.clear} />
        )}
      </div>
    </Card>
  )
}

function DailyToggle({ updates }: { updates: Updates }) {
  const { remote } = useSurroundings()
  const set = useAction((on: boolean) => remote.setDailyLook({ on }))
  return (
    <>
      <Toggle
        title="Look for a newer version once a day"
        hint="It asks github.com, which sees this computer’s address and nothing of you. Nothing is downloaded or installed by it."
        isOn={updates.daily}
        onToggle={isOn => set.run(isOn)}
      />
      {set.failure !== undefined && (
        <Failure failure={set.failure} title="This was not changed." close={set.clear} />
      )}
    </>
  )
}
