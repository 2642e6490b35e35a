import { PolicySwitch } from '../policy/policy-switch.tsx'
import { Answered } from '../shell/answered.tsx'
import { Page } from '../shell/page.tsx'
import { useQuestion } from '../shell/use-question.ts'
import type { Go } from './first-run.tsx'
import { StepActions } from './step-actions.tsx'

/** What agents may post. */
export function PolicyStep({ go }: { go: Go }) {
  const asked = useQuestion('policy', remote => remote.policy({}))
  return (
    <Page
      name="Set-up"
      title="What may agents post?"
      lead="The same switch is in the tray, at hand at any time."
    >
      <Answered asked={asked}>
        {({ ceiling }) => (
          <>
            <PolicySwitch ceiling={ceiling} />
            <ul className="plain-list muted">
              <li>
                <b>Read-only</b>: agents read and search. Whatever they try to post is refused.
              </li>
              <li>
                <b>Ask me</b>: each post waits in a window that shows who asks, where it goes and the exact
                text. You approve, change or deny it.
              </li>
              <li>
                <b>Allow</b>: clients that you set to Allow, one by one, post without asking. All others ask.
              </li>
            </ul>
          </>
        )}
      </Answered>
      <StepActions go={go} />
    </Page>
  )
}
