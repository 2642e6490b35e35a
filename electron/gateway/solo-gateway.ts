import { randomUUID } from 'node:crypto'
import type { Answer, Answered, Approval } from '../../shared/approvals/approval.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import { openAccounts } from '../broker/accounts/accounts.ts'
import { openBrokerState } from '../broker/broker-state.ts'
import { currentFolder, kosmoHome } from '../broker/home.ts'
import { Session } from '../broker/sessions/session.ts'
import { openSettings } from '../broker/settings-file.ts'
import { systemClock } from '../broker/system-clock.ts'
import { systemEnvironment } from '../broker/system-environment.ts'
import { catalogue } from '../integrations/catalogue.ts'
import { keepHeapSmall } from './engine.ts'
import { type Gateway, openGateway } from './gateway.ts'
import { batchRecords } from './record-batch.ts'
import { rehearse } from './rehearse.ts'
import type { GatewayLink, WireMessage } from './stdio/client-session.ts'
import type { ClientHandshake } from './stdio/handshake.ts'

/** What a person at the terminal of this process can do; of no use to a client, which has the form for it. */
export type SoloDesk = {
  /** From now on the person here can be asked: `listener` is told whatever waits. */
  watch(listener: (approvals: Approval[]) => void): void
  /** These were on the screen, whole. */
  shown(ids: string[]): void
  answer(id: string, answer: Answer): Promise<Answered>
}

export type SoloGateway = GatewayLink & { desk: SoloDesk }

/** Gateway and broker in the client's own process, for when no broker runs: CI, containers, a bare terminal. */
export function openSoloGateway(
  options: ServeOptions,
  client: ClientHandshake,
  variables: Record<string, string | undefined>,
  send: (message: WireMessage) => void,
  report: (line: string) => void,
): SoloGateway {
  keepHeapSmall()
  const home = kosmoHome(variables)
  const environment = systemEnvironment(variables)
  // Made one after the other, and each calls the other only later.
  let gateway: Gateway | undefined
  let session: Session | undefined
  let listener: (approvals: Approval[]) => void = () => undefined
  const settings = openSettings(home)
  const state = openBrokerState({
    home,
    settings,
    accounts: openAccounts(home, settings, { variables }),
    clock: systemClock,
    who: () => session?.who,
    onChange: () => listener(state.approvals.list()),
    checkEdit: async (_session, ask, text) =>
      (await gateway?.questions.checkEdit({ ask, text })) ?? { kind: 'invalid', why: 'The client has left.' },
    withdrawForm: (_session, ask) => void gateway?.questions.withdrawForm({ ask }),
  })
  session = new Session(
    {
      id: randomUUID(),
      client: client.clientInfo,
      workspace: currentFolder(),
      options,
      environment: { variables: definedValues(variables), isWhole: namesAccount(options, variables) },
      solo: true,
    },
    state,
  )
  const { methods: broker, flush } = batchRecords(session)
  gateway = openGateway({ options, broker, environment, send, report })
  const { link, callsAtOnce } = gateway
  // A program of ours has its call ready.
  if (options.reader !== 'program')
    setImmediate(() => void rehearse(catalogue, environment, () => callsAtOnce() > 0))
  const { approvals } = state
  return {
    ...link,
    close() {
      void flush()
      session?.end()
      link.close()
      state.audit.flush()
    },
    desk: {
      watch(watcher) {
        listener = watcher
        approvals.surfaceOpened('terminal')
      },
      shown: ids => approvals.shown(ids, 'terminal'),
      answer: (id, answer) => approvals.answer(id, answer, 'person (terminal)'),
    },
  }
}

/** Whether the environment names a whole account: parts of two are never put together. */
function namesAccount(
  { integrations }: ServeOptions,
  variables: Record<string, string | undefined>,
): boolean {
  return catalogue
    .filter(({ id }) => integrations.includes(id))
    .every(({ credentials }) =>
      credentials.every(({ required, variable }) => !required || Boolean(variables[variable]?.trim())),
    )
}

function definedValues(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
