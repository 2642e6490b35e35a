import type { Approval } from '../../../shared/approvals/approval.ts'
import { askLine, makeCode } from '../terminal/ask.ts'
import type { CliIo } from '../terminal/io.ts'
import { printRequest } from '../terminal/print-request.ts'
import type { Desk } from './desk.ts'
import { answerOf } from './typed-answer.ts'

export type AskHereOptions = {
  io: CliIo
  /** More posts may follow: the person can let them through as well, to the same channel and until this run ends. */
  mayRepeat: boolean
  /** The person pressed Ctrl-C. */
  onInterrupt(): void
}

/** Asks whoever sits at this terminal about the posts of this process, one after the other. */
export class AskHere {
  readonly #options: AskHereOptions
  readonly #asked = new Set<string>()
  #desk: Desk | undefined
  #waiting: Approval[] = []
  #question: { id: string; gone: () => void } | undefined

  constructor(options: AskHereOptions) {
    this.#options = options
  }

  /** Begins with what waits already. */
  open(desk: Desk): void {
    this.#desk = desk
    void this.#next()
  }

  /** What waits has changed: a question that somebody answered elsewhere is taken away. */
  readonly changed = (approvals: Approval[]): void => {
    this.#waiting = approvals
    const question = this.#question
    if (question !== undefined && !approvals.some(({ id }) => id === question.id)) question.gone()
    void this.#next()
  }

  async #next(): Promise<void> {
    const desk = this.#desk
    const approval = this.#waiting.find(({ id }) => !this.#asked.has(id))
    if (desk === undefined || approval === undefined || this.#question !== undefined) return
    const { id } = approval
    this.#asked.add(id)
    const gone = new Promise<void>(resolve => {
      this.#question = { id, gone: resolve }
    })
    await this.#ask(desk, approval, gone).catch(() => undefined)
    this.#question = undefined
    await this.#next()
  }

  async #ask(desk: Desk, approval: Approval, gone: Promise<void>): Promise<void> {
    const { io, mayRepeat, onInterrupt } = this.#options
    const { id } = approval
    let isOpen = true
    void gone.then(() => {
      isOpen = false
    })
    const code = makeCode(io.random)
    printRequest(io, approval)
    desk.shown([id])
    const more = mayRepeat ? `; ${code} all: and whatever else this run posts there` : ''
    const typed = await askLine(io, `Type ${code} to post it${more}. Enter: do not. `, gone)
    if (!isOpen) return io.err('kosmo: it was decided elsewhere, or its time is over.')
    if (typed.kind === 'interrupt') return onInterrupt()
    const answer = answerOf(typed, code, mayRepeat)
    const answered = await desk.answer(id, answer)
    if (answered.kind === 'already-decided') io.err('kosmo: somebody had decided before.')
  }
}
