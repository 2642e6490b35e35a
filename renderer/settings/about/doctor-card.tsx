import type { DoctorFinding } from '../../../shared/protocol/client-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Said } from '../../ui/said.tsx'
import { Answered } from '../shell/answered.tsx'
import { useOnce } from '../shell/use-once.ts'

const STATES: Record<DoctorFinding['state'], { tone: 'ok' | 'ask' | 'warn' | 'plain'; word: string }> = {
  ok: { tone: 'ok', word: 'well' },
  warn: { tone: 'ask', word: 'careful' },
  fail: { tone: 'warn', word: 'broken' },
  skipped: { tone: 'plain', word: 'not checked' },
}

/** Whether everything is well, and what to do where it is not. It takes a while, so it looks when it is asked to. */
export function DoctorCard() {
  const asked = useOnce(remote => remote.doctor({}))
  return (
    <Card
      title="Is everything well?"
      action={
        <ActionButton
          isBusy={asked.kind === 'waiting'}
          onClick={() => (asked.kind === 'waiting' ? undefined : asked.again())}
        >
          Look again
        </ActionButton>
      }
    >
      <Answered asked={asked} waiting="Looking…">
        {findings =>
          findings.length === 0 ? (
            <Empty title="Nothing was looked at">Look again, or run kosmo doctor in a terminal.</Empty>
          ) : (
            <ul className="rows">
              {findings.map(finding => (
                <Finding key={finding.id} finding={finding} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Card>
  )
}

function Finding({ finding }: { finding: DoctorFinding }) {
  const { title, state, said, todo } = finding
  const { tone, word } = STATES[state]
  return (
    <li className="row finding">
      <span className="entry-chip">
        <Chip tone={tone}>{word}</Chip>
      </span>
      <div className="row-words">
        <b>
          <Said text={title} />
        </b>
        <div className="muted">
          <Said text={said} />
        </div>
        {todo !== null && (
          <div>
            <Said text={todo} />
          </div>
        )}
      </div>
    </li>
  )
}
