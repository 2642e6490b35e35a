import { setImmediate as settled } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../electron/broker/sessions/session.ts'
import type { FormSurface } from '../../../electron/gateway/form-surface.ts'
import { Questions, type WriteDecision } from '../../../electron/gateway/questions.ts'
import type { ToolCall } from '../../../electron/gateway/sdk.ts'
import type { PreparedWrite } from '../../../electron/integrations/integration.ts'
import type { FormAnswer } from '../../../shared/approvals/form.ts'
import { ONCE } from '../../support/approvals/approvals-world.ts'
import { DecidingBroker } from '../../support/tools/deciding-broker.ts'
import { fakeWrite, MAX_LETTERS } from '../../support/tools/prepared-write.ts'
import { OF, SessionWorld } from '../../support/tools/session-world.ts'
import { toolCall } from '../../support/tools/tool-call.ts'

let world: SessionWorld
let session: Session
let questions: Questions
beforeEach(() => {
  world = new SessionWorld()
  session = world.open()
  questions = new Questions(session, () => world.clock.now())
  world.gateways.set(session.id, questions)
})
afterEach(() => world.close())

const yes: FormAnswer = { action: 'accept', content: { decision: 'once' } }
const CANCELLED = { kind: 'refused', outcome: { kind: 'cancelled', by: 'client' } }

/** A decision on a write, and how it ended once it has. */
function decide(write: PreparedWrite<unknown> = fakeWrite('hello'), call: Partial<ToolCall> = {}) {
  const deciding: { ended: WriteDecision | undefined; decision: Promise<WriteDecision> } = {
    ended: undefined,
    decision: questions.decide(OF, write, toolCall(call)),
  }
  void deciding.decision.then(decision => {
    deciding.ended = decision
  })
  return deciding
}

/** A client's form in a test's hands: as a client does, it ends where it is withdrawn. */
function form() {
  const answer = Promise.withResolvers<FormAnswer>()
  const shown: { message: string; withdrawn: boolean }[] = []
  const surface: FormSurface = {
    async ask({ message }, { signal }) {
      const view = { message, withdrawn: false }
      shown.push(view)
      signal.addEventListener('abort', () => {
        view.withdrawn = true
        answer.reject(new Error('withdrawn'))
      })
      return answer.promise
    },
  }
  return { shown, surface, answer: answer.resolve, fail: answer.reject }
}

/** Sends what was permitted, as far as the broker lets it go. */
function release(decision: WriteDecision | undefined) {
  if (decision?.kind !== 'permitted') throw new Error(`not permitted: ${JSON.stringify(decision)}`)
  const { permit, write } = decision
  return { refused: session.release({ permit, content: write.content }), text: write.content.text }
}

describe('a person', () => {
  it('who approves permits exactly the write that was shown', async () => {
    const write = fakeWrite('hello')
    const deciding = decide(write)
    await settled()
    expect(world.only.subject).toEqual(await write.describe(new AbortController().signal))
    await world.answer()
    expect(await deciding.decision).toMatchObject({ kind: 'permitted', write })
    expect(release(deciding.ended)).toEqual({ refused: null, text: 'hello' })
  })

  it('who changes the text permits the changed one, of the same intention', async () => {
    const deciding = decide(fakeWrite('hello', { key: 'k', subject: { root: 'r' } }))
    await settled()
    expect(await world.answer({ ...ONCE, text: 'better' })).toEqual({ kind: 'done' })
    expect(await deciding.decision).toMatchObject({
      write: { key: 'k', content: { root: 'r', text: 'better' } },
    })
    expect(release(deciding.ended)).toEqual({ refused: null, text: 'better' })
  })

  it('who makes a text of it that cannot be sent is told why, and may go on', async () => {
    const deciding = decide()
    await settled()
    const text = 'x'.repeat(MAX_LETTERS + 1)
    expect(await world.answer({ ...ONCE, text })).toEqual({ kind: 'invalid', why: 'The text is too long.' })
    expect(deciding.ended).toBeUndefined()
    await world.answer()
    expect(release(await deciding.decision)).toEqual({ refused: null, text: 'hello' })
  })

  it('who changes the text while the way to the server is broken is told that, in words of ours', async () => {
    const write = { ...fakeWrite('hello'), edited: () => Promise.reject(new Error('token=SECRET123')) }
    decide(write)
    await settled()
    const why = 'This text cannot be checked right now.'
    expect(await world.answer({ ...ONCE, text: 'better' })).toEqual({ kind: 'invalid', why })
  })

  it('who denies is quoted', async () => {
    const deciding = decide()
    await settled()
    await world.answer({ kind: 'deny', reason: 'not now' })
    expect(await deciding.decision).toEqual({
      kind: 'refused',
      outcome: { kind: 'denied', reason: 'not now' },
    })
  })
})

describe('a wait that ends', () => {
  const waitsOn = async () => {
    const deciding = decide()
    await settled()
    world.state.approvals.shown([world.only.id], 'terminal')
    world.clock.advance(240_000)
    return deciding.decision
  }

  it('is pending, and the text can still be changed for the same call again', async () => {
    await waitsOn()
    const { id } = world.only
    expect(await world.answer({ ...ONCE, text: 'better' })).toEqual({ kind: 'done' })
    const again = await questions.decide(OF, fakeWrite('hello'), toolCall())
    expect(again).toMatchObject({ kind: 'permitted', write: { content: { text: 'better' } } })
    expect(release(again).refused).toBeNull()
    expect(await world.state.approvals.answer(id, ONCE, 'terminal')).toMatchObject({
      kind: 'already-decided',
    })
  })

  it('is told with the id of the approval, and never makes a second one', async () => {
    const first = await waitsOn()
    const { id } = world.only
    expect(first).toMatchObject({ kind: 'refused', outcome: { kind: 'pending_approval', id } })
    const again = decide()
    await settled()
    expect(world.only.id).toBe(id)
    await world.answer()
    expect(release(await again.decision).refused).toBeNull()
  })

  it('is no reason to keep the text of what was decided', async () => {
    const broker = new DecidingBroker()
    const asked = new Questions(broker, () => 0)
    await asked.decide(OF, fakeWrite('hello'), toolCall())
    const [{ ask } = { ask: 'none' }] = broker.asked
    expect(await asked.checkEdit({ ask, text: 'better' })).toMatchObject({
      kind: 'invalid',
      why: expect.stringContaining('The client has left'),
    })
  })
})

describe("the client's form", () => {
  it('is asked where nobody else can be, and its yes lets go', async () => {
    const { shown, surface, answer } = form()
    const deciding = decide(fakeWrite('hello'), { form: surface })
    await settled()
    expect(shown).toEqual([{ message: expect.stringContaining('> hello'), withdrawn: false }])
    answer(yes)
    expect(release(await deciding.decision).refused).toBeNull()
  })

  it('is never shown where a terminal shows the question', async () => {
    world.state.approvals.surfaceOpened('terminal')
    const { shown, surface } = form()
    const deciding = decide(fakeWrite('hello'), { form: surface })
    await settled()
    world.state.approvals.shown([world.only.id], 'terminal')
    world.clock.advance(10_000)
    await world.answer()
    expect(release(await deciding.decision).refused).toBeNull()
    expect(shown).toEqual([])
  })

  it.each([
    ['approves', ONCE, 'permitted'],
    ['denies', { kind: 'deny' }, 'denied'],
  ] as const)('is withdrawn where somebody %s elsewhere, and that counts', async (_, elsewhere, kind) => {
    const { shown, surface } = form()
    const deciding = decide(fakeWrite('hello'), { form: surface })
    await settled()
    await world.answer(elsewhere)
    const decision = await deciding.decision
    expect(shown).toMatchObject([{ withdrawn: true }])
    expect(decision.kind === 'refused' ? decision.outcome.kind : decision.kind).toBe(kind)
  })

  it('that answers at the same moment as somebody elsewhere changes nothing', async () => {
    const { surface, answer } = form()
    const deciding = decide(fakeWrite('hello'), { form: surface })
    await settled()
    const elsewhere = world.answer({ kind: 'deny' })
    answer(yes)
    await elsewhere
    expect(await deciding.decision).toEqual({ kind: 'refused', outcome: { kind: 'denied' } })
  })

  it('gets no text that it cannot show whole; it says so where nobody else could be asked', async () => {
    const { shown, surface } = form()
    const deciding = decide(fakeWrite('line\n'.repeat(20)), { form: surface })
    await settled()
    world.clock.advance(5_000)
    const why = expect.stringMatching(/too long to be shown whole.*shorter parts/)
    expect(await deciding.decision).toEqual({ kind: 'refused', outcome: { kind: 'unreachable', why } })
    expect(shown).toEqual([])
  })

  it('does not keep a long text from somebody elsewhere', async () => {
    const { surface } = form()
    const text = 'line\n'.repeat(20)
    const deciding = decide(fakeWrite(text), { form: surface })
    await settled()
    await world.answer()
    expect(release(await deciding.decision)).toEqual({ refused: null, text })
  })

  it('that fails permits nothing and shows nothing of the failure', async () => {
    const { surface, fail } = form()
    const deciding = decide(fakeWrite('hello'), { form: surface })
    await settled()
    fail(new Error('token=SECRET123'))
    const decision = await deciding.decision
    expect(decision).toMatchObject({ kind: 'refused', outcome: { kind: 'unreachable' } })
    expect(JSON.stringify(decision)).not.toContain('SECRET123')
  })
})

describe('a call that is cancelled', () => {
  it('while somebody is asked takes the question back', async () => {
    const gone = new AbortController()
    const deciding = decide(fakeWrite('hello'), { signal: gone.signal })
    await settled()
    gone.abort()
    expect(await deciding.decision).toEqual(CANCELLED)
    expect(world.state.approvals.list()).toEqual([])
  })

  it('while its form is open takes form and question back', async () => {
    const gone = new AbortController()
    const { shown, surface } = form()
    const deciding = decide(fakeWrite('hello'), { signal: gone.signal, form: surface })
    await settled()
    gone.abort()
    expect(await deciding.decision).toEqual(CANCELLED)
    expect(shown).toMatchObject([{ withdrawn: true }])
    expect(world.state.approvals.list()).toEqual([])
  })

  it('while it is described asks nobody', async () => {
    const gone = new AbortController()
    const write = fakeWrite('hello')
    const describe = (signal: AbortSignal) => {
      gone.abort()
      return write.describe(signal)
    }
    expect(await decide({ ...write, describe }, { signal: gone.signal }).decision).toEqual(CANCELLED)
    expect(world.entries()).toEqual([])
  })

  it('once it is decided takes nothing back', async () => {
    const gone = new AbortController()
    const broker = new DecidingBroker()
    await new Questions(broker, () => 0).decide(OF, fakeWrite('hello'), toolCall({ signal: gone.signal }))
    gone.abort()
    expect(broker.withdrawn).toEqual([])
  })
})

describe('nobody is asked', () => {
  it('where policy permits, and the write is not even described', async () => {
    const events: string[] = []
    const broker = new DecidingBroker({ policy: 'allow' })
    const write = fakeWrite('hello', { events })
    const decision = await new Questions(broker, () => 0).decide(OF, write, toolCall())
    expect(decision).toMatchObject({ kind: 'permitted', write })
    expect([broker.asked, events]).toEqual([[], []])
  })

  it('by a broker that fails: nothing is permitted', async () => {
    const broker = new DecidingBroker({ decide: () => Promise.reject(new Error('gone')) })
    const deciding = new Questions(broker, () => 0).decide(OF, fakeWrite('hello'), toolCall())
    await expect(deciding).rejects.toThrow('gone')
  })
})
