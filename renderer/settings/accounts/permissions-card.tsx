import { POLICY_NAMES } from '../../../shared/desktop/policy-names.ts'
import { WRITE_POLICIES, type WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { IntegrationView } from '../../../shared/protocol/account-methods.ts'
import { Card } from '../../ui/card.tsx'
import { Pick } from '../../ui/pick.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useLoosening } from '../policy/use-loosening.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'

const LIMITS: Record<WritePolicy, string> = {
  deny: POLICY_NAMES.deny,
  ask: `${POLICY_NAMES.ask}, always`,
  allow: 'No limit of its own',
}

/** What all accounts of a service may be used for at most, whoever asks. */
export function PermissionsCard({ integration }: { integration: IntegrationView }) {
  const { remote } = useSurroundings()
  const { id, name, enabled, read, write } = integration
  const set = useAction((changes: { enabled?: boolean; read?: 'allow' | 'deny'; write?: WritePolicy }) =>
    remote.setPermission({ integration: id, ...changes }),
  )
  const loosening = useLoosening()
  return (
    <Card title={`What agents may do in ${name} at most`}>
      <div className="card-body">
        <Toggle
          title="Use it at all"
          hint="Off: agents can neither read nor post, and your accounts stay as they are."
          isOn={enabled}
          onToggle={isOn => set.run({ enabled: isOn })}
        />
        <Toggle
          title="Read"
          hint="Off: no message, channel or name reaches an agent."
          isOn={read === 'allow'}
          onToggle={isOn => set.run({ read: isOn ? 'allow' : 'deny' })}
        />
        <div className="toggle">
          <div className="toggle-words">
            <span className="field-label">Post</span>
            <div>A limit for every client, below the switch on the Overview.</div>
          </div>
          <Pick
            label={`What may be posted in ${name} at most`}
            value={write}
            options={WRITE_POLICIES.map(value => ({ value, title: LIMITS[value] }))}
            onPick={policy =>
              loosening.change({
                before: write,
                after: policy,
                loosened: { kind: 'integration', name },
                apply: () => set.run({ write: policy }),
              })
            }
          />
        </div>
        {set.failure !== undefined && (
          <Failure failure={set.failure} title="This was not changed." close={set.clear} />
        )}
      </div>
      {loosening.dialog}
    </Card>
  )
}
