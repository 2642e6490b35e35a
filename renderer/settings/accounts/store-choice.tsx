import { Choice, type ChoiceOption } from '../../ui/choice.tsx'

export type Store = 'keychain' | 'file'

const STORES: readonly ChoiceOption<Store>[] = [
  {
    value: 'keychain',
    title: 'In the system’s keychain',
    hint: 'Encrypted, and locked with your session. Best where there is one.',
  },
  {
    value: 'file',
    title: 'In a file that only you can read',
    hint: 'For systems without a keychain. Not encrypted: a copy of your home folder, such as a backup, holds the token readable.',
  },
]

/** Where a token is kept, in plain words. */
export function StoreChoice({ value, onChoose }: { value: Store; onChoose: (store: Store) => void }) {
  return (
    <div className="field">
      <div className="field-label">Keep the token</div>
      <Choice look="list" label="Keep the token" options={STORES} value={value} onChoose={onChoose} />
    </div>
  )
}
