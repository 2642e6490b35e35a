import { clientLabel } from '../../../shared/desktop/labels.ts'
import { POLICY_NAMES } from '../../../shared/desktop/policy-names.ts'
import { WRITE_POLICIES, type WritePolicy } from '../../../shared/policy/write-policy.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'
import { Pick } from '../../ui/pick.tsx'
import type { ClientRow } from '../clients/client-rows.ts'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { liftLimits } from './lift-limits.ts'
import { useLoosening } from './use-loosening.tsx'

const AS_CONFIGURED = 'as-configured'

/** What the person lets one client do in one folder. */
export function ClientPolicyPick({ row, ceiling }: { row: ClientRow; ceiling: WritePolicy }) {
  const { remote } = useSurroundings()
  const { client, workspace, own, configured } = row
  const set = useAction(async (policy: WritePolicy | null, lift: readonly string[]) => {
    await remote.setOverride({ client, workspace, policy })
    await liftLimits(remote, lift)
  })
  const loosening = useLoosening()
  const configuredTitle =
    configured === undefined ? 'As configured' : `As configured: ${POLICY_NAMES[configured]}`
  return (
    <>
      <Pick
        label={`What ${clientLabel(client)} may post in ${ellipsis(cleanLine(workspace), 60)}`}
        value={own ?? AS_CONFIGURED}
        options={[
          { value: AS_CONFIGURED, title: configuredTitle },
          ...WRITE_POLICIES.map(value => ({ value, title: POLICY_NAMES[value] })),
        ]}
        onPick={picked => {
          const policy = picked === AS_CONFIGURED ? null : picked
          loosening.change({
            before: own,
            after: policy,
            loosened: { kind: 'client', client, workspace, ceiling },
            apply: lift => set.run(policy, lift),
          })
        }}
      />
      {set.failure !== undefined && (
        <Failure failure={set.failure} title="This was not changed." close={set.clear} />
      )}
      {loosening.dialog}
    </>
  )
}
