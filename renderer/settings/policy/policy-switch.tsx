import { WRITE_POLICIES, type WritePolicy } from '../../../shared/policy/write-policy.ts'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { POLICY_WORDS } from '../words/policy-words.ts'
import { liftLimits } from './lift-limits.ts'
import { useLoosening } from './use-loosening.tsx'

/** The switch for everything. It shows what holds, not what was pressed. */
export function PolicySwitch({ ceiling }: { ceiling: WritePolicy }) {
  const { remote } = useSurroundings()
  const set = useAction(async (policy: WritePolicy, lift: readonly string[]) => {
    await remote.setCeiling({ policy })
    await liftLimits(remote, lift)
  })
  const loosening = useLoosening()
  return (
    <>
      <Choice
        look="switch"
        label="What agents may post"
        value={ceiling}
        options={WRITE_POLICIES.map(value => ({ value, ...POLICY_WORDS[value] }))}
        onChoose={policy =>
          loosening.change({
            before: ceiling,
            after: policy,
            loosened: { kind: 'ceiling' },
            apply: lift => set.run(policy, lift),
          })
        }
      />
      {set.failure !== undefined && (
        <Failure failure={set.failure} title="The switch was not changed." close={set.clear} />
      )}
      {loosening.dialog}
    </>
  )
}
