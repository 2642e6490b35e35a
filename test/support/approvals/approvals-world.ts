import { Approvals } from '../../../electron/broker/approvals/approvals.ts'
import type {
  Asked,
  AskRequest,
  DecidedApproval,
  EditCheck,
  ReleasedPermit,
} from '../../../electron/broker/approvals/entry.ts'
import type { Asker } from '../../../shared/approvals/approval.ts'
import type { PostContent } from '../../../shared/approvals/fingerprint.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { FakeClock } from './fake-clock.ts'

export const SUBJECT: WriteSubject = {
  service: 'Mattermost',
  server: 'chat.example.test',
  author: '@alice',
  place: '~town-square',
  channel: 'town',
  kind: 'public',
  audience: 'Town Square, team Engineering, public, 42 members',
  text: 'hello',
  wideMentions: [],
}

export const ASKER: Asker = {
  client: 'codex-mcp-client',
  version: '1',
  workspace: '/home/alice/project',
  session: 's1',
  account: 'default',
}

export const CONTENT: PostContent = {
  account: 'default',
  server: 'chat.example.test',
  channel: 'town',
  text: 'hello',
}

export const ONCE = { kind: 'approve', span: 'once', reach: 'channel' } as const

export type AskOptions = Partial<Pick<AskRequest, 'ask' | 'function' | 'waitMs' | 'canShowForm'>> & {
  session?: string
  subject?: Partial<WriteSubject>
}

/** What a call was told, undefined while it waits. */
export type CallView = { ask: string; told: Asked | undefined }

export type EditQuestion = { session: string; ask: string; text: string; end(check: EditCheck | Error): void }

/** A broker's approvals with everything around them in a test's hands. Session `s1` is there. */
export class ApprovalsWorld {
  readonly clock: FakeClock
  readonly approvals: Approvals
  readonly decided: DecidedApproval[] = []
  readonly released: ReleasedPermit[] = []
  readonly formsWithdrawn: string[] = []
  readonly edits: EditQuestion[] = []
  changes = 0
  failAudit = false
  grant: string | undefined
  #ids = 0

  /** @param prefix of the ids: those of another broker are others */
  constructor(clock = new FakeClock(), prefix = 'id') {
    this.clock = clock
    this.approvals = new Approvals({
      clock,
      newId: () => `${prefix}${++this.#ids}`,
      onChange: () => void this.changes++,
      onDecided: decided => {
        if (this.failAudit) throw new Error('disk full')
        this.decided.push(decided)
        return this.grant
      },
      onReleased: released => {
        if (this.failAudit) throw new Error('disk full')
        this.released.push(released)
      },
      checkEdit: (session, ask, text) =>
        new Promise((resolve, reject) => {
          const end = (check: EditCheck | Error) => (check instanceof Error ? reject(check) : resolve(check))
          this.edits.push({ session, ask, text, end })
        }),
      withdrawForm: (session, ask) => void this.formsWithdrawn.push(`${session}/${ask}`),
    })
    this.approvals.beginSession('s1')
  }

  ask({ session = 's1', subject, ...options }: AskOptions = {}): CallView {
    const view: CallView = { ask: options.ask ?? `ask${++this.#ids}`, told: undefined }
    const request: AskRequest = {
      asker: { ...ASKER, session },
      ask: view.ask,
      function: 'mattermost_create_post',
      subject: { ...SUBJECT, ...subject },
      waitMs: 50_000,
      canShowForm: false,
      ...options,
    }
    void this.approvals.ask(request).then(told => {
      view.told = told
    })
    return view
  }

  /** Id of the only approval that waits. */
  get only(): string {
    const [only, ...others] = this.approvals.list()
    if (only === undefined || others.length > 0) throw new Error('not exactly one approval')
    return only.id
  }
}

/** Lets every promise that can be settled be so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve()
}

/** What a call was told: an outcome's kind, `permitted`, `form`, or `waits`. */
export function kindOf({ told }: CallView): string {
  if (told === undefined) return 'waits'
  return told.kind === 'refused' ? told.outcome.kind : told.kind
}

/** The permit that a call was given. */
export function permitOf({ told }: CallView): string {
  if (told?.kind !== 'permitted') throw new Error(`no permit: ${JSON.stringify(told)}`)
  return told.permit
}
