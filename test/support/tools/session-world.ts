import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as settled } from 'node:timers/promises'
import type { EditCheck } from '../../../electron/broker/approvals/entry.ts'
import {
  type BrokerState,
  openBrokerState,
  type StoredAccounts,
} from '../../../electron/broker/broker-state.ts'
import { Session, type SessionOptions } from '../../../electron/broker/sessions/session.ts'
import { openSettings } from '../../../electron/broker/settings-file.ts'
import type { Answer, Approval } from '../../../shared/approvals/approval.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import type { AuditEntry } from '../../../shared/audit/entry.ts'
import type { Settings } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { BrokerMethods, Decided, WriteContent } from '../../../shared/protocol/gateway-methods.ts'
import { ONCE, SUBJECT } from '../approvals/approvals-world.ts'
import { FakeClock } from '../approvals/fake-clock.ts'

export const OF = { integration: 'mattermost', function: 'mattermost_create_post' }

export const CONTENT: WriteContent = {
  server: SUBJECT.server,
  channel: SUBJECT.channel,
  root: undefined,
  text: SUBJECT.text,
}

const ACCOUNT = ['MATTERMOST_URL', 'MATTERMOST_ACCESS_TOKEN']

export type SessionSetting = Partial<Omit<SessionOptions, 'options' | 'client' | 'environment'>> & {
  /** Of the client's environment. */
  variables?: Record<string, string> | undefined
  /** Default: whether they are one. */
  isWhole?: boolean
  client?: string
  write?: WritePolicy
  account?: string
}

/** What a client's gateway would answer where the broker asks it. */
type GatewaySide = {
  checkEdit(question: { ask: string; text: string }): Promise<EditCheck>
  withdrawForm(question: { ask: string }): null
}

/** A broker's state in a folder of its own, on a clock in the test's hands, with the sessions that it has. */
export class SessionWorld {
  readonly home = mkdtempSync(join(tmpdir(), 'kosmo-session-'))
  readonly clock = new FakeClock()
  readonly state: BrokerState
  /** By `<integration>/<alias>`. */
  readonly accounts = new Map<string, Awaited<ReturnType<StoredAccounts['get']>> | Error>()
  readonly gateways = new Map<string, GatewaySide>()
  readonly #sessions = new Map<string, Session>()
  #asks = 0

  constructor() {
    this.state = openBrokerState({
      home: this.home,
      settings: openSettings(this.home),
      clock: this.clock,
      accounts: {
        get: async (integration, alias) => {
          const stored = this.accounts.get(`${integration}/${alias}`)
          if (stored instanceof Error) throw stored
          return stored
        },
      },
      who: id => this.#sessions.get(id)?.who,
      onChange: () => undefined,
      checkEdit: async (session, ask, text) =>
        this.gateways.get(session)?.checkEdit({ ask, text }) ?? { kind: 'sendable' },
      withdrawForm: (session, ask) => void this.gateways.get(session)?.withdrawForm({ ask }),
    })
  }

  /** A client that asks for writes by `ask` and works in a folder of Alice's, unless told otherwise. */
  open(setting: SessionSetting = {}) {
    const { client = 'codex-mcp-client', write = 'ask', account = 'default', variables, ...more } = setting
    const { isWhole = ACCOUNT.every(name => variables?.[name]) } = setting
    const session = new Session(
      {
        id: `s${this.#sessions.size + 1}`,
        client: { name: client, version: '1' },
        workspace: '/home/alice/project',
        options: {
          integrations: ['mattermost'],
          write,
          account,
          maxResultCharacters: 10_000,
          name: 'kosmokrator',
        },
        environment: { variables: variables ?? {}, isWhole },
        solo: false,
        ...more,
      },
      this.state,
    )
    this.#sessions.set(session.id, session)
    return session
  }

  set(change: (settings: Settings) => Settings): void {
    this.state.settings.change(change)
  }

  /** Puts a text in the place of a file of ours. */
  write(name: string, text: string): void {
    writeFileSync(join(this.home, name), text, { mode: 0o600 })
  }

  /** Asks a person through a session, and what came of it once something did. */
  ask(session: Session, { canShowForm = false, ask = `ask${++this.#asks}`, ...subject }: AskSetting = {}) {
    const asking: Asking = { ask, told: undefined }
    const question = { ...OF, ask, subject: { ...SUBJECT, ...subject }, canShowForm }
    void session.askPerson(question).then(told => {
      asking.told = told
    })
    return asking
  }

  /** The only approval that waits. */
  get only(): Approval {
    const [only, ...others] = this.state.approvals.list()
    if (only === undefined || others.length > 0) throw new Error('not exactly one approval')
    return only
  }

  /** A person at a terminal answers the only approval that waits. */
  answer(answer: Answer = ONCE) {
    return this.state.approvals.answer(this.only.id, answer, 'person (terminal)')
  }

  /** A write that a person approves in a terminal; its permit. */
  async approved(session: Session, subject: AskSetting = {}, answer: Answer = ONCE): Promise<string> {
    const asking = this.ask(session, subject)
    await this.answer(answer)
    await settled()
    return permitOf(asking.told)
  }

  /** The audit, oldest first. */
  entries(): AuditEntry[] {
    return this.state.audit.read({}, 1_000).entries
  }

  close(): void {
    rmSync(this.home, { recursive: true, force: true })
  }
}

export type AskSetting = Partial<WriteSubject> & { canShowForm?: boolean; ask?: string }

/** A question, and what its call was told; undefined while it waits. */
export type Asking = { ask: string; told: Awaited<ReturnType<BrokerMethods['askPerson']>> | undefined }

/** The permit that a decision gave. @throws where it gave none */
export function permitOf(decided: { kind: 'ask' | 'form' } | Decided | undefined): string {
  if (decided?.kind !== 'permitted') throw new Error(`no permit: ${JSON.stringify(decided)}`)
  return decided.permit
}
