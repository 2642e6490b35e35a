import type { Refusal } from '../../../shared/approvals/outcome.ts'
import type { Clock } from './clock.ts'

/** A gateway sends right after it was permitted to; later than this something has gone wrong on the way. */
export const PERMIT_MS = 60_000

export type Permit = {
  session: string
  /** The gateway's id of the question; none where a policy or a grant permitted without one. */
  ask?: string
  fingerprint: string
  /** Who permitted: a surface, the client's form, a policy or a grant. */
  by: string
  approval?: string
  function: string
  /** Marks what it stands for as used; false where that is not free any more. */
  use(): boolean
}

export type Released = { kind: 'released'; permit: Permit } | { kind: 'refused'; outcome: Refusal }

type Held = Permit & { madeAt: number; cancelTimer: () => void }

const GONE =
  'The permission for this post was used already, was taken back, or is older than a minute. It must be asked for again.'
const OTHER = 'What was about to be sent is not what was approved.'

/** Permissions to send one thing, once, within a minute. */
export class Permits {
  readonly #held = new Map<string, Held>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How many are held: none a minute after the last one was made. */
  get size(): number {
    return this.#held.size
  }

  /** Holds a permit until it is released, dropped or too old. */
  hold(id: string, permit: Permit): void {
    const cancelTimer = this.#clock.setTimer(PERMIT_MS, () => this.#held.delete(id))
    this.#held.set(id, { ...permit, madeAt: this.#clock.monotonic(), cancelTimer })
  }

  /** The function that a permit of this session is for; undefined where there is none such. */
  functionOf(id: string, session: string): string | undefined {
    const held = this.#held.get(id)
    return held?.session === session ? held.function : undefined
  }

  /** Lets a permit's content go. A permit that is shown with something else is gone too: that was no accident. */
  release(id: string, session: string, fingerprint: string): Released {
    const held = this.#held.get(id)
    if (held === undefined || held.session !== session) return refused(GONE)
    this.#drop(id, held)
    // Not only by timer: those come late where there is much to do.
    if (this.#clock.monotonic() - held.madeAt > PERMIT_MS) return refused(GONE)
    if (held.fingerprint !== fingerprint) return refused(OTHER)
    return held.use() ? { kind: 'released', permit: held } : refused(GONE)
  }

  /** The client has left, or has cancelled this one question: nothing is sent for it. */
  drop(session: string, ask?: string): void {
    for (const [id, held] of this.#held) {
      if (held.session === session && (ask === undefined || held.ask === ask)) this.#drop(id, held)
    }
  }

  #drop(id: string, held: Held): void {
    held.cancelTimer()
    this.#held.delete(id)
  }
}

function refused(why: string): Released {
  return { kind: 'refused', outcome: { kind: 'not_released', why } }
}
