import { useState } from 'react'
import { clientLabel } from '../../../shared/desktop/labels.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Name } from '../../ui/name.tsx'
import { Notice } from '../../ui/notice.tsx'
import { callsOf, clientRows } from '../clients/client-rows.ts'
import { Failure } from '../shell/failure.tsx'
import { Page } from '../shell/page.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useQuestion } from '../shell/use-question.ts'
import { count } from '../words/count-words.ts'
import type { Go } from './first-run.tsx'
import { StepActions } from './step-actions.tsx'

const REQUESTS = [
  'What happened in ~town-square today?',
  'Who is waiting for an answer from me in Mattermost?',
  'Post “Hello from my agent” to my own direct messages in Mattermost.',
]

/** What to ask the agent, and whether it has come. */
export function TryStep({ go }: { go: Go }) {
  return (
    <Page
      name="Set-up"
      title="Try it"
      lead="Start your agent anew, so that it finds its new tools, and ask it one of these."
    >
      <Card title="Ask your agent">
        <ul className="rows">
          {REQUESTS.map(request => (
            <RequestRow key={request} request={request} />
          ))}
        </ul>
      </Card>
      <Arrivals />
      <StepActions go={go} label="Done" />
    </Page>
  )
}

function RequestRow({ request }: { request: string }) {
  const { remote } = useSurroundings()
  const [isCopied, setCopied] = useState(false)
  const copy = useAction(async () => {
    await remote.copyText({ text: request })
    setCopied(true)
  })
  return (
    <li className="row wide">
      <div className="row-main">{request}</div>
      <div className="row-end buttons">
        <span role="status" className="muted">
          {isCopied && 'Copied'}
        </span>
        <ActionButton isBusy={copy.isBusy} onClick={() => copy.run()}>
          Copy<span className="unseen"> “{request}”</span>
        </ActionButton>
      </div>
      {copy.failure !== undefined && <Failure failure={copy.failure} title="It was not copied." />}
    </li>
  )
}

function Arrivals() {
  const asked = useQuestion('arrivals', remote => remote.clients({}))
  const [row] = asked.kind === 'answered' ? clientRows(asked.value, []) : []
  if (row === undefined) {
    return <Notice tone="info">No agent has come yet. This changes by itself as soon as one does.</Notice>
  }
  return (
    <Notice tone="ok" title="It works.">
      <Name text={clientLabel(row.client)} /> is here
      {callsOf(row) > 0 && ` and has made ${count(callsOf(row), 'call')}`}.
    </Notice>
  )
}
