import { expect } from 'vitest'
import { PERMIT_MS } from '../../../electron/broker/approvals/permits.ts'
import { FORM_SAYS, type Step } from './approvals-step.ts'
import { ApprovalsWorld, type CallView, CONTENT, ONCE, settled } from './approvals-world.ts'
import { FakeClock } from './fake-clock.ts'

type Caller = CallView & {
  session: string
  text: string
  /** How the question ended, each of its ends. */
  ends: string[]
  isWithdrawn: boolean
}

type Held = { caller: Caller; id: string; approval: string; text: string; at: number; isTried: boolean }

/** What people said yes to: at most one thing an approval, known from what they were shown. */
type Yes = { session: string; text: string; isPosted: boolean }

/** Counts of what came to pass, to see that a property is about something. */
export type Tally = Record<'posts' | 'edits' | 'forms' | 'attached' | 'lost', number>

/** Approvals, clients that ask and send, people who answer, and a model of what may be posted. */
export class ApprovalsPlay {
  #broker = 0
  #world = this.#start()
  #sessions = this.#come()
  #callers: Caller[] = []
  /** Every approval that was ever listed: what a person saw, and of which session. */
  #seen = new Map<string, { session: string; text: string }>()
  #yes = new Map<string, Yes>()
  #counted = new Set<string>()
  #checked = new Set<string>()
  readonly #permits: Held[] = []
  readonly #tally: Tally

  constructor(tally: Tally) {
    this.#tally = tally
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      this.#act(step)
      await settled()
      this.#look()
    }
    this.#end()
    await settled()
    this.#checkEnd()
  }

  #start(): ApprovalsWorld {
    return new ApprovalsWorld(new FakeClock(), `b${++this.#broker}-`)
  }

  #come(): string[] {
    return [0, 1].map(index => this.#enter(index))
  }

  #enter(index: number): string {
    const id = `${index}:${this.#broker}:${this.#world.changes}:${this.#world.clock.now()}`
    this.#world.approvals.beginSession(id)
    return id
  }

  #act(step: Step): void {
    const { approvals, clock, edits } = this.#world
    switch (step.do) {
      case 'ask':
        return this.#ask(step)
      case 'show': {
        const shown = back(approvals.list(), step.pick)
        return shown && approvals.shown([shown.id], step.surface)
      }
      case 'answer':
        return this.#answer(step)
      case 'endEdit': {
        const [edit] = edits.splice(edits.length - 1 - (step.pick % Math.max(1, edits.length)), 1)
        if (edit === undefined) return
        if (step.check === 'sendable') this.#checked.add(edit.ask)
        return edit.end(
          step.check === 'error'
            ? new Error()
            : step.check === 'invalid'
              ? { kind: 'invalid', why: '' }
              : { kind: 'sendable' },
        )
      }
      case 'form':
        return this.#answerForm(step)
      case 'release':
        return this.#release(step)
      case 'advance':
        return step.asleep ? clock.sleep(step.ms) : clock.advance(step.ms)
      case 'withdraw': {
        const caller = back(this.#callers, step.pick)
        if (caller === undefined) return
        caller.isWithdrawn = true
        approvals.withdraw(caller.session, caller.ask)
        endForm(caller, 'withdrawn')
        return
      }
      case 'extend': {
        const listed = back(approvals.list(), step.pick)
        const end = listed && approvals.extend(listed.id)
        return listed && expect(end).toBe(Math.max(listed.expiresAt, clock.now() + 300_000))
      }
      case 'watch':
        return step.opens ? approvals.surfaceOpened(step.surface) : approvals.surfaceClosed(step.surface)
      case 'leave':
        return this.#leave(step.session)
      case 'restart':
        return this.#restart()
    }
  }

  #ask({ session: index, text, waitMs, canShowForm }: Step & { do: 'ask' }): void {
    const session = this.#sessions[index] ?? ''
    const before = this.#world.approvals.list()
    this.#note()
    const isSame = (of: { session: string; text: string } | undefined) =>
      of?.session === session && of.text === text
    const unattended = before.filter(({ id, attended }) => !attended && isSame(this.#seen.get(id)))
    const answered = this.#world.decided.filter(
      ({ approval: { id, askedAt }, outcome, ms }) =>
        isSame(this.#seen.get(id)) &&
        (outcome.kind === 'approved' || outcome.kind === 'denied') &&
        this.#world.clock.now() - askedAt - ms < 900_000 &&
        !this.#callers.some(caller => this.#isOf(caller, id)),
    )
    const view = this.#world.ask({ session, subject: { text }, waitMs, canShowForm })
    const caller = Object.assign(view, { session, text, ends: [], isWithdrawn: false })
    this.#callers.push(caller)
    const added = this.#world.approvals.list().filter(({ id }) => !before.some(known => known.id === id))
    const isAgain = unattended.length > 0 || answered.length > 0
    expect(added.length, 'a question that is new, or waits already').toBe(isAgain ? 0 : 1)
    if (isAgain) this.#tally.attached++
    for (const { id } of added) this.#seen.set(id, { session, text })
    const taken = answered.length > 0 ? undefined : (added[0] ?? unattended[0])
    if (taken !== undefined) this.#waitsFor.set(caller, taken.id)
  }

  /** The approval that a call was for, told or not. */
  readonly #waitsFor = new Map<CallView, string>()

  #isOf(caller: Caller, id: string): boolean {
    if (caller.told?.kind === 'refused' && caller.told.outcome.kind === 'pending_approval') return false
    return this.#waitsFor.get(caller) === id || (caller.told !== undefined && caller.told.id === id)
  }

  #answer({ pick, surface, say }: Step & { do: 'answer' }): void {
    const id = back([...this.#seen.keys()], pick)
    const seen = id === undefined ? undefined : this.#seen.get(id)
    if (id === undefined || seen === undefined) return
    const text = say === 'edit' ? `${seen.text}, edited ${this.#seen.size}` : seen.text
    const answer = say === 'deny' ? ({ kind: 'deny' } as const) : say === 'approve' ? ONCE : { ...ONCE, text }
    const world = this.#world
    const asks = world.edits.length
    const asking = world.approvals.answer(id, answer, surface)
    const edit = world.edits[asks]
    void asking.then(({ kind }) => {
      if (kind !== 'done') return
      expect(world, 'nothing comes of an answer to a broker that is gone').toBe(this.#world)
      this.#count(id)
      if (say === 'edit') {
        expect(this.#checked.has(edit?.ask ?? ''), 'an edit was checked').toBe(true)
        this.#tally.edits++
      }
      if (say !== 'deny') this.#agree(id, text)
    })
  }

  #answerForm({ pick, say }: Step & { do: 'form' }): void {
    const caller = back(this.#callers.filter(isForm), pick)
    if (caller === undefined || caller.ends.length > 0) return
    const before = this.#world.decided.length
    const decision = this.#world.approvals.answerForm(caller.session, caller.ask, FORM_SAYS[say])
    caller.told = decision
    const approval = this.#waitsFor.get(caller) ?? ''
    if (this.#world.decided.length > before && decision.by === "client's form") {
      this.#count(approval)
      this.#tally.forms++
      if (say === 'approved') this.#agree(approval, caller.text)
    }
  }

  #count(id: string): void {
    expect(this.#counted.has(id), 'decided once').toBe(false)
    this.#counted.add(id)
  }

  #agree(id: string, text: string): void {
    const session = this.#seen.get(id)?.session ?? ''
    expect(this.#sessions, 'answered while the client was there').toContain(session)
    this.#yes.set(id, { session, text, isPosted: false })
  }

  #release({ pick, what }: Step & { do: 'release' }): void {
    const permit = back(this.#permits, pick)
    if (permit === undefined) return
    const { caller } = permit
    const { clock, approvals } = this.#world
    const session =
      what === 'session' ? (this.#sessions.find(id => id !== caller.session) ?? '') : caller.session
    const content = {
      ...CONTENT,
      text: what === 'text' ? `${permit.text}!` : permit.text,
      channel: what === 'place' ? 'other' : CONTENT.channel,
    }
    const refusal = approvals.release(permit.id, session, content)
    const yes = this.#yes.get(permit.approval)
    const isFree = !permit.isTried && !caller.isWithdrawn && this.#sessions.includes(caller.session)
    const isSound = yes !== undefined && !yes.isPosted && yes.text === content.text && yes.session === session
    const mayPost = isFree && isSound && what === 'right' && clock.now() - permit.at <= PERMIT_MS
    // The timer of exactly a minute may have come first.
    const isAtTheLimit = mayPost && clock.now() - permit.at === PERMIT_MS
    if (!isAtTheLimit) expect(refusal === undefined, `${what} may be posted`).toBe(mayPost)
    if (what !== 'session') permit.isTried = true
    if (refusal !== undefined || yes === undefined) return
    yes.isPosted = true
    this.#tally.posts++
  }

  #leave(index: number): void {
    const session = this.#sessions[index] ?? ''
    this.#world.approvals.endSession(session)
    expect(this.#world.approvals.list().filter(({ asker }) => asker.session === session)).toEqual([])
    for (const caller of this.#callers) {
      if (caller.session === session) endForm(caller, 'left')
    }
    this.#sessions[index] = `gone${index}`
    this.#look()
    this.#sessions[index] = this.#enter(index)
  }

  /** The process dies: what waited is lost, nobody hears of it, and no permit of before counts. */
  #restart(): void {
    this.#look()
    this.#checkDecided()
    this.#tally.lost += this.#callers.filter(({ told }) => told === undefined).length
    this.#callers = []
    this.#seen.clear()
    this.#waitsFor.clear()
    this.#world = this.#start()
    this.#sessions = this.#come()
  }

  #note(): void {
    for (const { id, asker, subject } of this.#world.approvals.list()) {
      this.#seen.set(id, { session: asker.session, text: subject.text })
    }
  }

  /** What the clients were told since the last look. */
  #look(): void {
    this.#note()
    for (const caller of this.#callers) {
      const { told } = caller
      if (told === undefined || told.kind === 'form' || caller.ends.length > 0) continue
      caller.ends.push(told.kind)
      if (told.kind !== 'permitted') continue
      const { id: approval, permit: id, text = caller.text } = told
      this.#permits.push({ caller, id, approval, text, at: this.#world.clock.now(), isTried: false })
    }
  }

  #end(): void {
    for (const [index] of this.#sessions.entries()) this.#leave(index)
  }

  #checkEnd(): void {
    this.#look()
    for (const { ask, ends } of this.#callers) expect(ends, `one end of ${ask}`).toHaveLength(1)
    this.#checkDecided(true)
    for (const session of this.#sessions) this.#world.approvals.endSession(session)
    this.#world.clock.advance(900_000)
    expect(this.#world.clock.timers, 'timers that are left').toBe(0)
    expect(this.#world.approvals.list()).toEqual([])
  }

  #checkDecided(all = false): void {
    const ids = this.#world.decided.map(({ approval }) => approval.id)
    expect(new Set(ids).size, 'each decision is given once').toBe(ids.length)
    if (all) expect(new Set(ids)).toEqual(new Set(this.#seen.keys()))
  }
}

function isForm({ told }: CallView): boolean {
  return told?.kind === 'form'
}

/** A form is shown until it is answered, its call is cancelled, or its client leaves. */
function endForm(caller: Caller, end: string): void {
  if (isForm(caller) && caller.ends.length === 0) caller.ends.push(end)
}

function back<Item>(items: readonly Item[], pick: number): Item | undefined {
  return items.at(-1 - (pick % Math.max(1, items.length)))
}
