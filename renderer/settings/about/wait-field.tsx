import { type FormEvent, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Field } from '../../ui/field.tsx'
import { useDraft } from '../shell/use-draft.ts'
import { readWaitSeconds } from './wait-seconds.ts'

type WaitFieldProps = {
  waitSeconds: number | null
  isBusy: boolean
  onSave: (waitSeconds: number | null) => Promise<boolean>
}

/** How long an agent's call waits for the person. */
export function WaitField({ waitSeconds, isBusy, onSave }: WaitFieldProps) {
  const text = useDraft(waitSeconds === null ? '' : String(waitSeconds))
  const [why, setWhy] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const read = readWaitSeconds(text.value)
    setWhy(read.kind === 'refused' ? read.why : undefined)
    if (read.kind === 'seconds' && (await onSave(read.seconds))) text.saved()
  }
  return (
    <form className="inline-form" noValidate autoComplete="off" onSubmit={submit}>
      <Field
        label="Seconds that an agent waits for your answer"
        hint="Empty: as long as the agent’s program waits itself, 240 seconds for Codex, 50 for one we do not know. Longer than it waits helps nobody."
        error={why}
      >
        {ids => (
          <input
            {...ids}
            className="input short"
            inputMode="numeric"
            value={text.value}
            maxLength={6}
            placeholder="automatic"
            onChange={event => text.set(event.target.value)}
          />
        )}
      </Field>
      {text.isChanged && (
        <ActionButton type="submit" isBusy={isBusy}>
          Save
        </ActionButton>
      )}
    </form>
  )
}
