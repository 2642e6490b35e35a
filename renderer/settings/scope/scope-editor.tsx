import { type ReactNode, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useDraft } from '../shell/use-draft.ts'
import { useQuestion } from '../shell/use-question.ts'
import { PlaceList } from './place-list.tsx'
import { refuseScope } from './refuse-scope.ts'
import { ScopeText } from './scope-text.tsx'

type ScopeEditorProps = {
  integration: string
  alias: string
  user: string | null
  /** What the button says; it stores what is chosen. */
  saveLabel?: string
  /** Further buttons, before the one that stores. */
  actions?: ReactNode
  onSaved?: () => void
}

/** What one account is limited to. */
export function ScopeEditor(props: ScopeEditorProps) {
  const { integration, alias } = props
  const asked = useQuestion(`scope ${integration} ${alias}`, remote =>
    remote.accountValues({ integration, account: alias }),
  )
  return (
    <Answered asked={asked}>{({ values }) => <ScopeForm {...props} stored={values.scope ?? ''} />}</Answered>
  )
}

const KINDS = ['everything', 'chosen'] as const
type Kind = (typeof KINDS)[number]

function ScopeForm({
  integration,
  alias,
  user,
  saveLabel = 'Save',
  actions,
  onSaved,
  stored,
}: ScopeEditorProps & { stored: string }) {
  const { remote } = useSurroundings()
  const kind = useDraft<Kind>(stored === '' ? 'everything' : 'chosen')
  const text = useDraft(stored)
  const [saidSaved, setSaidSaved] = useState(false)
  const places = useQuestion(`places ${integration} ${alias}`, each =>
    each.placesOf({ integration, account: alias }),
  )
  const listed = places.kind === 'answered' ? places.value : []
  const isLimited = kind.value === 'chosen'
  const why = isLimited ? refuseScope(text.value) : undefined
  const isChanged = kind.isChanged || (isLimited && text.isChanged)
  const save = useAction(async () => {
    const limit = isLimited
      ? { values: { scope: text.value.trim() }, unset: [] }
      : { values: {}, unset: ['scope'] }
    await remote.saveAccount({ integration, account: alias, ...limit, store: null })
  })
  const submit = async () => {
    if (why !== undefined) return
    if (isChanged && !(await save.run())) return
    kind.saved()
    text.saved()
    setSaidSaved(true)
    onSaved?.()
  }
  const touched =
    <Value extends unknown[]>(change: (...args: Value) => void) =>
    (...args: Value) => {
      setSaidSaved(false)
      save.clear()
      change(...args)
    }
  const setText = touched(text.set)
  return (
    <>
      <div className="card card-tight">
        <Choice
          look="list"
          label="What the account is limited to"
          value={kind.value}
          options={[
            {
              value: 'everything',
              title: `Everything ${user === null ? 'the account' : user} can see`,
              hint: 'Every team and channel, direct messages, and whatever it is added to later.',
            },
            {
              value: 'chosen',
              title: 'Only what I choose',
              hint: 'Teams, channels and people, ticked or written.',
            },
          ]}
          onChoose={touched(kind.set)}
        />
      </div>
      {(kind.isOvertaken || text.isOvertaken) && (
        <Notice
          tone="ask"
          title="It was changed elsewhere meanwhile."
          actions={
            <ActionButton
              onClick={() => {
                kind.reset()
                text.reset()
              }}
            >
              Take that one
            </ActionButton>
          }
        >
          What you chose here is not stored yet, and takes its place when you save.
        </Notice>
      )}
      {isLimited && (
        <Card title="Teams and channels">
          <div className="card-body">
            <Answered asked={places} waiting="Asking the server for teams and channels…">
              {all => <PlaceList places={all} text={text.value} onText={setText} />}
            </Answered>
            <ScopeText text={text.value} places={listed} why={why} onText={setText} />
          </div>
        </Card>
      )}
      {save.failure !== undefined && <Failure failure={save.failure} title="This was not stored." />}
      <div className="form-actions">
        <span className="form-said" role="status">
          {saidSaved && !isChanged && <Said text="Stored. It counts from the next call on." />}
        </span>
        {actions}
        <ActionButton
          kind="primary"
          isBusy={save.isBusy}
          isOff={why !== undefined || (!isChanged && onSaved === undefined)}
          onClick={submit}
        >
          {saveLabel}
        </ActionButton>
      </div>
    </>
  )
}
