import { openJournal } from '../../../electron/broker/journal.ts'
import type { Journal } from '../../../shared/posting/journal.ts'
import type { Gate } from '../mattermost/faults.ts'
import type { LoggedRequest } from '../mattermost/request-log.ts'
import type { Answer, Arguments, Gateway } from './gateway.ts'
import { postFault, readFault } from './post-faults.ts'
import { CHANNEL_POSTS, POST_ROUTE, type PostingWorld } from './posting-world.ts'
import type { Intent, Schedule, Step } from './schedule.ts'
import { breathe } from './virtual-clock.ts'

/** One call and what its client was told; nothing where its process was killed. */
export type Told = {
  intent: number
  answer: Answer | undefined
  /** Nothing but the post itself went wrong: an error speaks of the post. */
  isClear: boolean
}

/** Real milliseconds after which a request is given up; what never answers costs as much. */
const DEADLINES = { read: 50, write: 30, look: 50 }
const PATIENT = { read: 5_000, write: 5_000, look: 5_000 }

type Calls = Extract<Step, { kind: 'calls' }>

/** Plays a schedule through to where everything has settled: no request on its way, three minutes gone. */
export async function runSchedule(town: PostingWorld, schedule: Schedule): Promise<Told[]> {
  const told: Told[] = []
  town.mattermost.settings.dateSkewMs = schedule.skewMs
  const player = new Player(town, schedule.intents, told)
  for (const step of schedule.steps) await player.play(step)
  await player.settle()
  return told
}

/** The arguments of an intent's call. */
export function argumentsOf(town: PostingWorld, intent: Intent, index: number): Arguments {
  return {
    channel_id: (intent.place === 'ops' ? town.ops : town.dev).id,
    message: intent.text === 'same' ? 'the same text' : `text ${index}`,
    ...(intent.place === 'thread' && { root_id: town.root.id }),
    ...(intent.source === 'key' && { idempotency_key: `key ${index}` }),
  }
}

export function callIdOf(intent: Intent, index: number): string | undefined {
  return intent.source === 'call' ? `call ${index}` : undefined
}

class Player {
  readonly #town: PostingWorld
  readonly #intents: Intent[]
  readonly #told: Told[]
  #gateway: Gateway
  #lines = 0
  #onLine: ((count: number) => void) | undefined

  constructor(town: PostingWorld, intents: Intent[], told: Told[]) {
    this.#town = town
    this.#intents = intents
    this.#told = told
    this.#gateway = this.#open()
  }

  async play(step: Step): Promise<void> {
    const { clock, mattermost, world, alice } = this.#town
    switch (step.kind) {
      case 'calls':
        return this.#calls(step)
      case 'restartServer':
        return mattermost.restart()
      case 'restartOurs':
        return this.#restart()
      case 'wait':
        return clock.advance(step.ms)
      case 'delete': {
        const intent = this.#intents[step.intent]
        if (intent === undefined) return
        const { message } = argumentsOf(this.#town, intent, step.intent)
        const post = this.#town.rows(message).findLast(row => row.deleteAt === 0)
        if (post !== undefined) world.posts.delete(post, alice)
      }
    }
  }

  async settle(): Promise<void> {
    const { clock, mattermost } = this.#town
    mattermost.faults.clear()
    // What a start cannot tell, because a read failed on a busy machine, is for the next one.
    for (let starts = 0; starts === 0 || (starts < 5 && this.#isUnresolved()); starts++) {
      await clock.advance(180_000)
      await this.#restart(PATIENT)
    }
  }

  #isUnresolved(): boolean {
    const { folder, clock } = this.#town
    return openJournal(folder, clock.now)
      .list()
      .some(({ state }) => state.kind === 'unresolved')
  }

  #open(deadlines = DEADLINES): Gateway {
    const journal = (own: Journal): Journal => ({
      list: () => own.list(),
      open: key => {
        const file = own.open(key)
        return {
          ...file,
          write: line => {
            file.write(line)
            this.#lines++
            this.#onLine?.(this.#lines)
          },
        }
      },
    })
    return this.#town.gateway({ deadlines, journal })
  }

  async #restart(deadlines = DEADLINES): Promise<void> {
    this.#gateway.kill()
    this.#gateway = this.#open(deadlines)
    await this.#gateway.resolveLeftovers()
  }

  async #calls(step: Calls): Promise<void> {
    const { faults } = this.#town.mattermost
    const gateway = this.#gateway
    const ended = Promise.withResolvers<undefined>()
    const cancel = new AbortController()
    faults.clear()
    this.#endEarly(step, () => {
      if (step.ending?.how === 'cancel') return cancel.abort()
      gateway.kill()
      ended.resolve(undefined)
    })
    faults.push(...step.posts.map(fault => postFault(this.#town, fault)))
    faults.push(...step.reads.map(fault => readFault(this.#town, fault)))
    this.#failLookUp(step)
    const gate = this.#delay(step)
    const calls = step.intents.map(async index => {
      const answer = await Promise.race([this.#call(gateway, index, cancel.signal), ended.promise])
      const isClear = step.reads.length === 0 && step.lookUpFails === undefined && step.ending === undefined
      this.#told.push({ intent: index, answer, isClear })
    })
    await Promise.all(calls)
    if (gate?.count() === 0) gate.abandon()
    this.#onLine = undefined
    if (step.ending?.how === 'kill' && (await isOver(ended.promise))) await this.#restart()
  }

  async #call(gateway: Gateway, index: number, signal: AbortSignal): Promise<Answer | undefined> {
    const intent = this.#intents[index]
    if (intent === undefined) return undefined
    const callId = callIdOf(intent, index)
    return gateway.call(argumentsOf(this.#town, intent, index), {
      signal,
      ...(callId !== undefined && { callId }),
    })
  }

  #endEarly({ ending }: Calls, end: () => void): void {
    if (ending === undefined) return
    if (ending.at === 'line') {
      const last = this.#lines + ending.nth
      this.#onLine = count => {
        if (count === last) end()
      }
      return
    }
    let seen = 0
    this.#watch(() => {
      if (++seen === ending.nth) end()
      return false
    })
  }

  /** Lets a function see every request; true makes it fail. */
  #watch(match: (request: LoggedRequest) => boolean): void {
    this.#town.mattermost.faults.push({
      match,
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'resetBeforeHeaders' },
    })
  }

  #failLookUp({ lookUpFails }: Calls): void {
    if (lookUpFails === undefined) return
    let seen = 0
    this.#watch(({ method, path }) => {
      const isPost = method === 'POST' && POST_ROUTE.path.test(path)
      if (isPost || CHANNEL_POSTS.path.test(path)) return false
      // Three in a row: the client tries again.
      return ++seen >= lookUpFails && seen < lookUpFails + 3
    })
  }

  #delay({ delay, restartMeanwhile }: Calls): Gate | undefined {
    if (delay === undefined) return undefined
    const { clock, mattermost } = this.#town
    const gate = mattermost.faults.hold(POST_ROUTE, delay.point)
    void gate.arrived.then(async () => {
      if (!restartMeanwhile) return clock.after(delay.ms, gate.release)
      await breathe()
      // What a server is at work on ends with it.
      gate.abandon()
      await mattermost.restart()
    })
    return gate
  }
}

async function isOver(promise: Promise<undefined>): Promise<boolean> {
  const pending = Symbol('pending')
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending
}
