import { type FormEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { AccountField, IntegrationView, PersonView } from '../../../shared/protocol/account-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Field } from '../../ui/field.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { AccountFieldInput } from './account-field-input.tsx'
import { refuseAccountName } from './account-names.ts'
import { accountChanges, formFields } from './account-values.ts'
import { PersonCard } from './person-card.tsx'
import { refuseField } from './refuse-field.ts'
import { type Store, StoreChoice } from './store-choice.tsx'
import { TokenHelpTabs } from './token-help-tabs.tsx'

/** An account as it is stored: what of it is no secret, and which secrets there are. */
export type StoredValues = { values: Record<string, string>; secrets: string[]; store: Store }

type AccountFormProps = {
  integration: IntegrationView
  /** The account's name; a suggestion that can be changed where `stored` is absent and there are others. */
  alias: string
  stored?: StoredValues
  /** What the button says once it is known whose account it is. */
  saveLabel?: string
  /** Shows how to get a token from the beginning. */
  showsHelp?: boolean
  onSaved: (alias: string, warnings: string[], user: string | null) => void
  onCancel?: () => void
}

/** Takes address and token, shows whose account it is, and only then stores it. */
export function AccountForm({
  integration,
  alias,
  stored,
  saveLabel = 'Save',
  showsHelp = false,
  onSaved,
  onCancel,
}: AccountFormProps) {
  const { remote } = useSurroundings()
  const form = useRef<HTMLFormElement>(null)
  const [person, setPerson] = useState<PersonView>()
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [store, setStore] = useState<Store>(stored?.store ?? 'keychain')
  const { main, further } = formFields(integration.fields)
  const asksName = stored === undefined && integration.accounts.length > 0
  /** How often what is typed has changed. */
  const changes = useRef(0)
  const forgetPerson = () => {
    changes.current++
    setPerson(undefined)
  }
  useForgottenSecrets(form, integration.fields, forgetPerson)

  const read = () => {
    const typed = new FormData(form.current ?? undefined)
    const values = new Map(
      [...typed].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    )
    return {
      account: asksName ? (values.get('alias') ?? '').trim() : alias,
      ...accountChanges(integration.fields, values, stored?.values ?? {}),
    }
  }
  const check = useAction(async () => {
    const { account, values } = read()
    const before = changes.current
    const found = await remote.checkAccount({ integration: integration.id, account, values })
    // Whoever was found belongs to what was typed before.
    if (changes.current === before) setPerson(found)
  })
  const save = useAction(async () => {
    const { account, values, unset } = read()
    const saved = await remote.saveAccount({
      integration: integration.id,
      account,
      values,
      unset,
      store: stored?.store === store ? null : store,
    })
    forgetSecrets(form.current, integration.fields)
    onSaved(account, saved.warnings, saved.person?.user ?? null)
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = whatIsWrong()
    setWrong(found)
    if (Object.keys(found).length > 0) focusFirstWrong(form.current, found)
    else if (person === undefined) check.run()
    else save.run()
  }
  function whatIsWrong(): Record<string, string> {
    const { account, values } = read()
    const name = asksName
      ? refuseAccountName(
          account,
          integration.accounts.map(each => each.alias),
        )
      : undefined
    const fields = integration.fields.map(field => [
      field.key,
      refuseField(field, values[field.key], stored !== undefined),
    ])
    return Object.fromEntries([['alias', name], ...fields].filter(([, why]) => why !== undefined))
  }
  const failure = save.failure ?? check.failure

  return (
    <form
      ref={form}
      className="form"
      noValidate
      autoComplete="off"
      onSubmit={submit}
      onInput={event => {
        if (event.target instanceof HTMLInputElement && event.target.type === 'radio') return
        forgetPerson()
        check.clear()
        save.clear()
      }}
    >
      {asksName && (
        <Field
          label="Name of this account"
          hint="How agents and you tell your accounts apart."
          error={wrong.alias}
        >
          {ids => (
            <input
              {...ids}
              className="input"
              name="alias"
              defaultValue={alias}
              maxLength={64}
              spellCheck={false}
            />
          )}
        </Field>
      )}
      {main.map(field => (
        <AccountFieldInput key={field.key} field={field} stored={stored} error={wrong[field.key]} />
      ))}
      <details className="more">
        <summary>Where it is kept, and how the server is reached</summary>
        <div className="form">
          <StoreChoice value={store} onChoose={setStore} />
          {further.map(field => (
            <AccountFieldInput key={field.key} field={field} stored={stored} error={wrong[field.key]} />
          ))}
        </div>
      </details>
      {failure !== undefined && (
        <Failure failure={failure} {...(save.failure !== undefined && { title: 'Nothing was stored.' })} />
      )}
      {person !== undefined && <PersonCard person={person} />}
      <div className="form-actions">
        {onCancel !== undefined && <ActionButton onClick={onCancel}>Cancel</ActionButton>}
        <ActionButton type="submit" kind="primary" isBusy={check.isBusy || save.isBusy}>
          {person === undefined ? 'Check' : saveLabel}
        </ActionButton>
      </div>
      <details className="more" open={showsHelp}>
        <summary>How do I get a token?</summary>
        <TokenHelpTabs />
      </details>
    </form>
  )
}

/** Nothing secret stays in a form that is no longer on the screen. */
function useForgottenSecrets(
  form: RefObject<HTMLFormElement | null>,
  fields: readonly AccountField[],
  onForgotten: () => void,
): void {
  const forget = useEffectEvent((element: HTMLFormElement | null) => {
    forgetSecrets(element, fields)
    onForgotten()
  })
  useEffect(() => {
    const element = form.current
    return () => forget(element)
  }, [form])
}

function forgetSecrets(form: HTMLFormElement | null, fields: readonly AccountField[]): void {
  for (const { key, type } of fields) {
    const input = type === 'secret' ? form?.elements.namedItem(key) : undefined
    if (input instanceof HTMLInputElement) input.value = ''
  }
}

function focusFirstWrong(form: HTMLFormElement | null, wrong: Record<string, string>): void {
  for (const element of form?.elements ?? []) {
    if (element instanceof HTMLInputElement && Object.hasOwn(wrong, element.name)) {
      element.focus()
      return
    }
  }
}
