import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { AuditDraft } from '../../shared/audit/entry.ts'
import { KosmoError } from '../../shared/errors.ts'
import { makeGrant } from '../../shared/policy/grant.ts'
import type { Accounts } from './accounts/accounts.ts'
import { Approvals } from './approvals/approvals.ts'
import type { ApprovalsOptions, DecidedApproval, ReleasedPermit } from './approvals/entry.ts'
import { type AuditLog, openAudit } from './audit/audit-log.ts'
import { type Grants, openGrants } from './grants-file.ts'
import type { SettingsFile } from './settings-file.ts'

/** Accounts as they are stored, for those who only use them. */
export type StoredAccounts = Pick<Accounts, 'get'>

/** Everything that the sessions of a broker share; a gateway that works alone has one of its own. */
export type BrokerState = {
  settings: SettingsFile
  grants: Grants
  approvals: Approvals
  audit: AuditLog
  accounts: StoredAccounts
  /** Writes something down that may happen without, calls soon: where it cannot be, that is told as a problem. */
  tryToRecord(draft: AuditDraft): void
  /** What is wrong at this moment, a sentence each. */
  problems(): string[]
}

export type BrokerStateOptions = {
  home: string
  settings: SettingsFile
  accounts: StoredAccounts
  clock: ApprovalsOptions['clock']
  /** Something was written down. Must not throw. */
  onRecorded?(): void
  /** Who a session is, for the audit. */
  who(session: string): { client: string; workspace: string; session: string; account: string } | undefined
} & Pick<ApprovalsOptions, 'checkEdit' | 'withdrawForm' | 'onChange'>

/** Opens what is kept in the home folder. Nothing is read or written yet. */
export function openBrokerState(options: BrokerStateOptions): BrokerState {
  const { home, settings, accounts, clock, who } = options
  const grants = openGrants(home, () => clock.now())
  const audit = openAudit(join(home, 'audit'), { now: () => clock.now() })
  let auditFault: string | undefined

  function recorded(fault: unknown): void {
    if (fault === undefined) {
      auditFault = undefined
      return options.onRecorded?.()
    }
    auditFault = fault instanceof KosmoError ? fault.message : 'The audit cannot be written.'
  }

  function record(draft: AuditDraft, durable = true): void {
    try {
      audit.append(draft, { durable })
      recorded(undefined)
    } catch (error) {
      recorded(error)
      throw error
    }
  }

  function tryToRecord(draft: AuditDraft): void {
    try {
      if (draft.kind === 'call') audit.appendSoon(draft, recorded)
      else record(draft, false)
    } catch {
      // Told by `problems`; a write is refused by it, a read is not.
    }
  }

  const approvals = new Approvals({
    clock,
    newId: randomUUID,
    onChange: options.onChange,
    checkEdit: options.checkEdit,
    withdrawForm: options.withdrawForm,
    onDecided(decided) {
      const { approval, outcome, by, ms, content } = decided
      record({
        kind: 'decision',
        client: approval.asker.client,
        workspace: approval.asker.workspace,
        session: approval.asker.session,
        account: approval.asker.account,
        function: approval.function,
        target: `${approval.subject.place} ${targetOf(content)}`,
        decision:
          outcome.kind === 'approved' && outcome.text !== undefined ? 'approved-edited' : outcome.kind,
        by,
        ms,
        approval: approval.id,
      })
      return remember(decided)
    },
    onReleased(released) {
      record({ kind: 'decision', ...who(released.session), ...releasedFacts(released) })
    },
  })

  function releasedFacts({
    by,
    content,
    approval,
    function: name,
  }: ReleasedPermit): Omit<AuditDraft, 'kind'> {
    const read = settings.read()
    return {
      function: name,
      decision: 'released',
      by,
      target: targetOf(content),
      characters: Array.from(content.text).length,
      ...(approval !== undefined && { approval }),
      ...(read.kind === 'settings' && read.settings.auditText && { text: content.text }),
    }
  }

  /** What a person wants to be remembered of an answer. An approval stands without it. */
  function remember({ approval, answer, content }: DecidedApproval): string | undefined {
    if (answer?.kind !== 'approve' || answer.span === 'once') return undefined
    const { asker, subject } = approval
    const { client, workspace, session } = asker
    const { wideMentions, place } = subject
    const write = { ...content, client, workspace, session, wideMentions, channelName: place }
    const made = makeGrant(write, answer, `g_${randomUUID().slice(0, 8)}`, clock.now())
    if (made.kind === 'none') return undefined
    try {
      grants.add(made.grant)
    } catch {
      return undefined
    }
    const { span, id } = made.grant
    tryToRecord({
      kind: 'change',
      client,
      workspace,
      session,
      decision: `grant ${span}`,
      by: 'person',
      target: id,
    })
    return id
  }

  function problems(): string[] {
    audit.flush()
    const read = settings.read()
    return [read.kind === 'broken' ? read.why : undefined, grants.fault(), auditFault].filter(
      problem => problem !== undefined,
    )
  }

  return { settings, grants, approvals, audit, accounts, tryToRecord, problems }
}

function targetOf({ server, channel, root }: { server: string; channel: string; root?: string | undefined }) {
  return `${server} ${channel}${root === undefined ? '' : ` thread ${root}`}`
}
