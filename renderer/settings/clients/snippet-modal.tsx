import { useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Modal } from '../../ui/modal.tsx'
import { Name } from '../../ui/name.tsx'
import { VisibleText } from '../../ui/visible-text.tsx'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useQuestion } from '../shell/use-question.ts'

const FORMATS = [
  { value: 'toml', title: 'TOML', hint: 'for config.toml' },
  { value: 'json', title: 'JSON', hint: 'for mcp.json and the like' },
  { value: 'command', title: 'Command', hint: 'for a terminal' },
] as const

type Format = (typeof FORMATS)[number]['value']

/** The entry for a program's configuration, to be pasted by hand. */
export function SnippetModal({
  client,
  name,
  onClose,
}: {
  client: string
  name: string
  onClose: () => void
}) {
  const { remote } = useSurroundings()
  const [format, setFormat] = useState<Format>('toml')
  const [copied, setCopied] = useState<string>()
  const asked = useQuestion(`snippet ${client} ${format}`, each => each.clientSnippet({ id: client, format }))
  const copy = useAction(async (text: string) => {
    await remote.copyText({ text })
    setCopied(text)
  })
  const text = asked.kind === 'answered' ? asked.value.text : undefined
  return (
    <Modal
      isOpen
      onClose={onClose}
      title={
        <>
          The entry for <Name text={name} />
        </>
      }
      actions={
        <ActionButton
          kind="primary"
          isBusy={copy.isBusy}
          isOff={text === undefined}
          onClick={() => (text === undefined ? undefined : copy.run(text))}
        >
          Copy
        </ActionButton>
      }
    >
      <Choice look="switch" label="Format" options={FORMATS} value={format} onChoose={setFormat} />
      <Answered asked={asked}>
        {({ text: shown }) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box is scrolled by keyboard
          <pre className="snippet" tabIndex={0}>
            <VisibleText text={shown} />
          </pre>
        )}
      </Answered>
      <div role="status" className="muted">
        {copied !== undefined && copied === text && 'Copied. It holds no token.'}
      </div>
      {copy.failure !== undefined && <Failure failure={copy.failure} title="It was not copied." />}
    </Modal>
  )
}
