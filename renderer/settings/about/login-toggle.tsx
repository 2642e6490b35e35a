import { Said } from '../../ui/said.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useQuestion } from '../shell/use-question.ts'

/** Whether it starts with the person's session. */
export function LoginToggle() {
  const { remote } = useSurroundings()
  const asked = useQuestion('login item', each => each.loginItem({}))
  const set = useAction((on: boolean) => remote.setLoginItem({ on }))
  return (
    <>
      <Answered asked={asked}>
        {item => (
          <Toggle
            title="Start when I log in"
            hint={
              item.kind === 'unavailable' ? (
                <Said text={item.why} />
              ) : (
                'So that agents find you from the start. It shows nothing but its icon.'
              )
            }
            isOn={item.kind === 'on'}
            isOff={item.kind === 'unavailable'}
            onToggle={isOn => set.run(isOn)}
          />
        )}
      </Answered>
      {set.failure !== undefined && (
        <Failure failure={set.failure} title="This was not changed." close={set.clear} />
      )}
    </>
  )
}
