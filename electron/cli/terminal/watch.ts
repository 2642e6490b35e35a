import type { QueueWindow } from '../../../shared/approvals/queue-window.ts'
import type { BrokerClient } from '../../broker/broker-client.ts'
import { EXIT } from '../exit-codes.ts'
import { connectPerson, NO_BROKER, sentenceOf } from './broker-session.ts'
import { editText } from './editor.ts'
import { type CliIo, inColour } from './io.ts'
import { fail } from './print.ts'
import { drawScreen, enterRaw, type RawTerminal, ring } from './raw-terminal.ts'
import { paint } from './rows.ts'
import { onEvent, rowsInFrame } from './watch-events.ts'
import { onKeys } from './watch-keys.ts'
import { screenRows } from './watch-screen.ts'
import { type Effect, initialState, type Size, type Step, type WatchEvent } from './watch-state.ts'

const TICK_MS = 1_000
const RECONNECT_MS = 1_000

/** Shows requests as they come and takes the person's decisions, until they leave. Ends with an exit code. */
export async function watchApprovals(io: CliIo): Promise<number> {
  let watch: Watch | undefined
  const events = {
    approvalsChanged: (waiting: QueueWindow) => {
      watch?.queue(waiting)
      return null
    },
  }
  const connect = () => connectPerson(io, events)
  const session = await connect().catch(error => sentenceOf(error))
  if (typeof session === 'string') return fail(io, 'failure', session)
  if (session.kind === 'none') return fail(io, 'noBroker', NO_BROKER)
  if (!session.person.interactive) {
    session.client.close()
    return fail(io, 'needsTerminal', session.person.why)
  }
  return new Promise(resolve => {
    watch = new Watch(io, session.client, resolve, async () => {
      const again = await connect().catch(() => undefined)
      if (again?.kind !== 'connected') return undefined
      if (again.person.interactive) return again.client
      again.client.close()
      return undefined
    })
    watch.start()
  })
}

class Watch {
  private state
  private terminal: RawTerminal | undefined
  private readonly timers = new Set<NodeJS.Timeout>()
  private over = false
  private readonly io: CliIo
  private client: BrokerClient
  private readonly end: (code: number) => void
  private readonly reconnect: () => Promise<BrokerClient | undefined>

  constructor(
    io: CliIo,
    client: BrokerClient,
    end: (code: number) => void,
    reconnect: () => Promise<BrokerClient | undefined>,
  ) {
    this.io = io
    this.client = client
    this.end = end
    this.reconnect = reconnect
    this.state = initialState(sizeOf(io))
  }

  start(): void {
    this.enter()
    this.io.stdout.on('resize', this.resized)
    process.on('SIGTERM', this.terminated)
    process.on('SIGHUP', this.terminated)
    this.timers.add(setInterval(() => this.draw(), TICK_MS))
    this.draw()
    void this.follow()
  }

  queue(waiting: QueueWindow): void {
    this.on({ kind: 'queue', ...waiting })
  }

  private readonly resized = () => this.on({ kind: 'resize', size: sizeOf(this.io) })
  private readonly terminated = () => this.leave(EXIT.terminated)

  private enter(): void {
    this.terminal = enterRaw(this.io, true, keys => this.apply(onKeys(this.state, keys, this.io.now())))
  }

  private async follow(): Promise<void> {
    const { client } = this
    void client.closed.then(() => this.lost(client))
    try {
      const waiting = await client.broker.watchApprovals({})
      this.on({ kind: 'link', link: 'up' })
      this.queue(waiting)
    } catch {
      client.close()
    }
  }

  private lost(client: BrokerClient): void {
    if (this.over || client !== this.client) return
    this.on({ kind: 'link', link: 'down' })
    const timer = setTimeout(async () => {
      this.timers.delete(timer)
      const again = await this.reconnect()
      if (this.over) return again?.close()
      if (again === undefined) return this.lost(client)
      this.client = again
      await this.follow()
    }, RECONNECT_MS)
    this.timers.add(timer)
  }

  private on(event: WatchEvent): void {
    if (!this.over) this.apply(onEvent(this.state, event, this.io.now()))
  }

  private apply({ state, effects }: Step): void {
    const changed = state !== this.state
    this.state = state
    for (const effect of effects) this.act(effect)
    if (changed) this.draw()
  }

  private draw(): void {
    if (this.over || this.state.mode.kind === 'editing') return
    const colour = inColour(this.io)
    const rows = screenRows(this.state, this.io.now()).map(row => paint(row, colour))
    const { generation } = this.state
    const frame = rowsInFrame(this.state)
    drawScreen(this.io, rows, () => {
      if (this.over) return
      const step = onEvent(this.state, { kind: 'drawn', generation, ...frame }, this.io.now())
      // Drawn again only where this was news, or it would go round for ever.
      const news = JSON.stringify(step.state.shown) !== JSON.stringify(this.state.shown)
      if (news) this.apply(step)
      else this.state = step.state
    })
  }

  private act(effect: Effect): void {
    const { broker } = this.client
    switch (effect.kind) {
      case 'answer': {
        const { id, answer } = effect
        this.settle(id, broker.answer({ id, answer }), answered => ({ kind: 'answered', id, answered }))
        return
      }
      case 'extend': {
        const { id } = effect
        this.settle(id, broker.extend({ id }), until => ({ kind: 'extended', id, until }))
        return
      }
      case 'shown':
        broker.reportShown({ ids: [effect.id] }).catch(() => undefined)
        return
      case 'ring':
        if (this.state.mode.kind !== 'editing') ring(this.io, effect.waiting)
        return
      case 'edit':
        void this.edit(effect.id, effect.text)
        return
      case 'quit':
        this.leave(effect.interrupted ? EXIT.interrupted : EXIT.ok)
        return
    }
  }

  private settle<T>(id: string, answer: Promise<T>, event: (value: T) => WatchEvent): void {
    answer.then(
      value => this.on(event(value)),
      error => this.on({ kind: 'failed', id, why: sentenceOf(error) }),
    )
  }

  private async edit(id: string, text: string): Promise<void> {
    this.terminal?.leave()
    // Ctrl-C in the editor is the editor's.
    const ignore = () => undefined
    process.on('SIGINT', ignore)
    const edit = await editText(text, this.io.variables)
    process.off('SIGINT', ignore)
    if (this.over) return
    this.enter()
    this.on({ kind: 'edited', id, edit })
  }

  private leave(code: number): void {
    if (this.over) return
    this.over = true
    for (const timer of this.timers) clearTimeout(timer)
    this.io.stdout.off('resize', this.resized)
    process.off('SIGTERM', this.terminated)
    process.off('SIGHUP', this.terminated)
    this.terminal?.leave()
    this.client.close()
    this.end(code)
  }
}

function sizeOf({ stdout }: CliIo): Size {
  return { columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }
}
