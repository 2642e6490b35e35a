import { openJournal } from '../../../electron/broker/journal.ts'
import { createToolHandler } from '../../../electron/gateway/call-tool.ts'
import type { ToolResult } from '../../../electron/gateway/sdk.ts'
import {
  type Deadlines,
  MattermostClient,
  type WriteResult,
} from '../../../electron/integrations/mattermost/http/client.ts'
import { Exchanger } from '../../../electron/integrations/mattermost/http/exchange.ts'
import { mattermost } from '../../../electron/integrations/mattermost/integration.ts'
import { Known } from '../../../electron/integrations/mattermost/known.ts'
import { Intents } from '../../../electron/integrations/mattermost/posting/intents.ts'
import { PlaceQueue } from '../../../electron/integrations/mattermost/posting/place-queue.ts'
import { resolveLeftovers } from '../../../electron/integrations/mattermost/posting/resolve-leftovers.ts'
import type { MattermostService } from '../../../electron/integrations/mattermost/service.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { readServerUrl } from '../../../shared/mattermost/server-url.ts'
import type { Journal } from '../../../shared/posting/journal.ts'
import { DecidingBroker } from '../tools/deciding-broker.ts'
import { toolCall } from '../tools/tool-call.ts'
import type { VirtualClock } from './virtual-clock.ts'

export type Arguments = {
  channel_id: string
  message: string
  root_id?: string
  idempotency_key?: string
}

/** What a client is told of its call. */
export type Answer =
  | { kind: 'posted'; id: string; deduplicated: boolean; text: string }
  | { kind: 'error'; code: string; text: string }

export type GatewayOptions = {
  url: string
  token: string
  /** Of the journal. */
  folder: string
  clock: VirtualClock
  /** Milliseconds of real time; the virtual clock goes on by 15 s where a write is given up. */
  deadlines?: Deadlines
  /** Wraps the journal, for disks that fail. */
  journal?: (journal: Journal) => Journal
}

/** A gateway in this process: the whole way from `tools/call` to the server, with time as a parameter. */
export type Gateway = {
  service: MattermostService
  call: (args: Arguments, options?: { callId?: string; signal?: AbortSignal }) => Promise<Answer>
  /** What happens at the start of a process. */
  resolveLeftovers: () => Promise<void>
  /** From now on nothing goes on, as if the process had been killed: calls are never answered. */
  kill: () => void
  close: () => void
}

export const DEADLINES: Deadlines = { read: 2_000, write: 2_000, look: 2_000 }

export function openGateway(options: GatewayOptions): Gateway {
  const { clock, folder, url, token } = options
  const read = readServerUrl(url)
  if (read.kind === 'refused') throw new Error(read.why)
  const life = new Life()
  const deadlines = options.deadlines ?? DEADLINES
  const exchanger = new Exchanger({})
  const facts = { server: read.server, token, exchanger, random: () => 0, deadlines }
  const client = new MortalClient(facts, life, clock)
  const own = mortal(openJournal(folder, clock.now), life)
  const journal = options.journal?.(own) ?? own
  const service: MattermostService = {
    client,
    known: new Known(client),
    guard: undefined,
    intents: new Intents(clock.monotonic),
    journal,
    clock: { now: clock.now, monotonic: clock.monotonic, sleep: ms => life.outlive(clock.sleep(ms)) },
    queue: new PlaceQueue(),
  }
  const variables = { MATTERMOST_URL: url, MATTERMOST_ACCESS_TOKEN: token }
  const { now, monotonic, sleep } = clock
  const handler = createToolHandler({
    integrations: [{ ...mattermost, connect: () => service }],
    broker: new DecidingBroker({ policy: 'allow', variables }),
    environment: { variables, now, monotonic, sleep, random: () => 0, journal },
    maxResultCharacters: 100_000,
    report: line => {
      throw new Error(line)
    },
  })
  return {
    service,
    async call(args, { callId, signal = new AbortController().signal } = {}) {
      const name = 'integration__mattermost__create_post'
      return readAnswer(await handler.call(toolCall({ name, arguments: args, callId, signal })))
    },
    resolveLeftovers: () => resolveLeftovers(service, AbortSignal.timeout(60_000)),
    kill: () => life.end(),
    close: () => client.close(),
  }
}

/** Whether the process that a gateway stands for still lives; nothing returns to it once it does not. */
class Life {
  #ended = false

  end(): void {
    this.#ended = true
  }

  /** @throws KosmoError where it has ended: the call that goes on is one that nobody hears of */
  mustLast(): void {
    if (this.#ended) throw new KosmoError('internal', 'this process was killed')
  }

  async outlive<T>(work: Promise<T>): Promise<T> {
    const done = await work
    if (this.#ended) await new Promise(() => undefined)
    return done
  }

  /** Like `outlive`, and what would begin only now does not. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#ended) await new Promise(() => undefined)
    return this.outlive(work())
  }
}

/** The dead do not write. */
function mortal(journal: Journal, life: Life): Journal {
  return {
    list: () => journal.list(),
    open(key) {
      life.mustLast()
      const file = journal.open(key)
      const write: typeof file.write = line => {
        life.mustLast()
        file.write(line)
      }
      return { ...file, write }
    },
  }
}

class MortalClient extends MattermostClient {
  readonly #life: Life
  readonly #clock: VirtualClock

  constructor(options: ConstructorParameters<typeof MattermostClient>[0], life: Life, clock: VirtualClock) {
    super(options)
    this.#life = life
    this.#clock = clock
  }

  override read(...args: Parameters<MattermostClient['read']>): Promise<unknown> {
    return this.#life.during(() => super.read(...args))
  }

  override async write(...args: Parameters<MattermostClient['write']>): Promise<WriteResult> {
    return this.#life.during(async () => {
      const result = await super.write(...args)
      if (result.kind !== 'json' && result.error.code === 'timeout') await this.#clock.advance(15_000)
      return result
    })
  }
}

function readAnswer({ isError, structuredContent, content }: ToolResult): Answer {
  const text = content.map(part => part.text).join('\n')
  if (isError === true) return { kind: 'error', code: /\[([a-z_]+)[^\]]*\]$/.exec(text)?.[1] ?? text, text }
  const { id, deduplicated } = structuredContent ?? {}
  return { kind: 'posted', id: String(id), deduplicated: deduplicated === true, text }
}
