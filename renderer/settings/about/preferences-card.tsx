import { useState } from 'react'
import type { Preferences } from '../../../shared/protocol/activity-methods.ts'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Card } from '../../ui/card.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useIsShown, useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useQuestion } from '../shell/use-question.ts'
import { DesktopParts } from './desktop-parts.tsx'
import { LoginToggle } from './login-toggle.tsx'
import { WaitField } from './wait-field.tsx'

/** How it behaves, where people differ. */
export function PreferencesCard() {
  const asked = useQuestion('preferences', remote => remote.preferences({}))
  return (
    <Card title="Preferences">
      <div className="card-body">
        <LoginToggle />
        <Answered asked={asked}>{preferences => <PreferencesForm preferences={preferences} />}</Answered>
        <DesktopParts />
      </div>
    </Card>
  )
}

function PreferencesForm({ preferences }: { preferences: Preferences }) {
  const { remote } = useSurroundings()
  const isShown = useIsShown()
  const [isAsking, setAsking] = useState(false)
  const set = useAction((changed: Partial<Preferences>) =>
    remote.setPreferences({ ...preferences, ...changed }),
  )
  return (
    <>
      <WaitField
        waitSeconds={preferences.waitSeconds}
        isBusy={set.isBusy}
        onSave={waitSeconds => set.run({ waitSeconds })}
      />
      <Toggle
        title="Keep the texts of posts in the activity log"
        hint="Off: the log says who posted where and when, not what. On: whoever can read your home folder, or an export, can read what was posted in private channels and direct messages."
        isOn={preferences.auditText}
        onToggle={isOn => (isOn ? setAsking(true) : set.run({ auditText: false }))}
      />
      {set.failure !== undefined && (
        <Failure failure={set.failure} title="This was not stored." close={set.clear} />
      )}
      <AskDialog
        isOpen={isShown && isAsking}
        title="Keep the texts of posts from now on?"
        yes="Keep them"
        onNo={() => setAsking(false)}
        onYes={() => {
          setAsking(false)
          set.run({ auditText: true })
        }}
      >
        <p>
          They are kept in files on this computer that are not encrypted, private messages among them, and
          they stay there when you turn this off again: taking them out would break the log’s seals.
        </p>
      </AskDialog>
    </>
  )
}
