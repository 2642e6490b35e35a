import type { AccountField } from '../../../shared/protocol/account-methods.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { Field } from '../../ui/field.tsx'
import type { StoredValues } from './account-form.tsx'
import { SecretInput } from './secret-input.tsx'

type AccountFieldInputProps = {
  field: AccountField
  stored: StoredValues | undefined
  error: string | undefined
}

/** One value of an account. */
export function AccountFieldInput({ field, stored, error }: AccountFieldInputProps) {
  const { key, label, type, description, required } = field
  return (
    <Field label={cleanLine(label)} hint={cleanLine(description)} error={error}>
      {ids =>
        type === 'secret' ? (
          <SecretInput
            ids={ids}
            name={key}
            isStored={stored?.secrets.includes(key) ?? false}
            isMain={required}
          />
        ) : (
          <input
            {...ids}
            className="input"
            type="text"
            inputMode={type === 'url' ? 'url' : 'text'}
            name={key}
            defaultValue={stored?.values[key] ?? ''}
            placeholder={type === 'url' ? 'https://chat.example.org' : ''}
            maxLength={2_000}
            autoComplete="off"
            spellCheck={false}
          />
        )
      }
    </Field>
  )
}
