import { useContext, useState } from 'react'
import { type Tab, Tabs } from '../../ui/tabs.tsx'
import { type Shown, textOf } from '../desk/desk.ts'
import { WishContext } from '../wish-context.ts'
import { ChangedText } from './changed-text.tsx'
import { ExactText } from './exact-text.tsx'
import { MessageEditor } from './message-editor.tsx'
import { RenderedMessage } from './rendered-message.tsx'
import './message-card.css'

type View = 'rendered' | 'exact' | 'changes'

/** The message: as others will see it, to the letter, and what the person changed in it; or to be changed. */
export function MessageCard({
  shown,
  isEditing,
  isOpen,
}: {
  shown: Shown
  isEditing: boolean
  isOpen: boolean
}) {
  const wish = useContext(WishContext)
  const { approval, draft } = shown
  const { subject } = approval
  const text = textOf(shown)
  const [chosen, setChosen] = useState<View | undefined>()
  // A change is looked at first.
  const view = chosen ?? (draft === undefined ? 'rendered' : 'changes')
  if (isEditing) {
    return (
      <section className="card message-card" aria-label="Message">
        <div className="tabs-row">
          <b>Your text</b>
          <span className="muted" id="editor-hint">
            Markdown, as in Mattermost
          </span>
          <div className="tabs-actions">
            <button type="button" className="btn quiet" onClick={() => wish({ kind: 'undo-edit' })}>
              Discard
            </button>
          </div>
        </div>
        <MessageEditor text={text} />
      </section>
    )
  }
  const tabs: Tab<View>[] = [
    ...(draft === undefined
      ? []
      : [
          {
            value: 'changes' as const,
            label: 'Your change',
            panel: <Changes before={subject.text} after={draft} />,
          },
        ]),
    {
      value: 'rendered',
      label: 'As they will see it',
      panel: <RenderedMessage author={subject.author} text={text} />,
    },
    {
      value: 'exact',
      label: 'Exact text',
      panel: (
        <div className="message-panel">
          <ExactText text={text} />
        </div>
      ),
    },
  ]
  return (
    <section className="card message-card" aria-label="Message">
      <Tabs
        label="Ways to look at the message"
        tabs={tabs}
        value={tabs.some(tab => tab.value === view) ? view : 'rendered'}
        onChoose={setChosen}
        actions={
          <>
            {view === 'exact' && (
              <button type="button" className="btn quiet" onClick={() => wish({ kind: 'copy', text })}>
                Copy
              </button>
            )}
            {isOpen && (
              <button
                type="button"
                className="btn quiet"
                onClick={() => {
                  setChosen(undefined)
                  wish({ kind: 'edit' })
                }}
              >
                Edit
              </button>
            )}
          </>
        }
      />
    </section>
  )
}

function Changes({ before, after }: { before: string; after: string }) {
  const wish = useContext(WishContext)
  return (
    <div className="message-panel">
      <p className="change-hint">
        <span className="muted">The agent is told what you changed.</span>
        <button type="button" className="btn quiet" onClick={() => wish({ kind: 'undo-edit' })}>
          Undo my change
        </button>
      </p>
      <ChangedText before={before} after={after} />
    </div>
  )
}
