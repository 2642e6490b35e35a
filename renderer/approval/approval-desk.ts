import { assertNever } from '../../shared/assert-never.ts'
import type { ApprovalEvents, ApprovalRemote } from '../../shared/protocol/window-bridge.ts'
import { CallFailed } from '../ui/remote.ts'
import { type Change, type Desk, type Effect, EMPTY_DESK } from './desk/desk.ts'
import { type News, onNews } from './desk/desk-news.ts'
import { onWish, type Wish } from './desk/desk-wishes.ts'

export type DeskParts = {
  remote: ApprovalRemote
  listen(listeners: ApprovalEvents): () => void
  /** Brings more of the text into view. */
  showMore(): void
}

/** Keeps the desk: takes what the app tells and what the person does, and has done what comes of it. */
export class ApprovalDesk {
  #desk = EMPTY_DESK
  readonly #watchers = new Set<() => void>()
  readonly #parts: DeskParts

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  /** Begins to watch what waits. */
  start(): void {
    // First, so that nothing that comes up in between is missed.
    this.#parts.listen({
      approvalsChanged: waiting => this.#on({ kind: 'queue', ...waiting }),
      focusApproval: ({ id }) => this.#on({ kind: 'wanted', id }),
    })
    this.#do({ kind: 'watch' })
    this.#parts.remote
      .appInfo({})
      .then(({ homeDirectory }) => this.#on({ kind: 'home', path: homeDirectory }))
      // Without it, folders are shown whole.
      .catch(() => undefined)
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  readonly snapshot = (): Desk => this.#desk

  /** The person does something. */
  readonly wish = (wish: Wish): void => this.#become(onWish(this.#desk, wish))

  /** What this generation put in front of the person is on the screen, whole. */
  readonly drawn = (generation: number): void => this.#on({ kind: 'drawn', generation })

  #on(news: News): void {
    this.#become(onNews(this.#desk, news))
  }

  #become({ desk, effects }: Change): void {
    const isNews = desk !== this.#desk
    this.#desk = desk
    if (isNews) for (const watcher of this.#watchers) watcher()
    for (const effect of effects) this.#do(effect)
  }

  #do(effect: Effect): void {
    const { remote, showMore } = this.#parts
    switch (effect.kind) {
      case 'watch':
        remote.watchApprovals({}).then(
          waiting => this.#on({ kind: 'queue', ...waiting }),
          error => this.#on({ kind: 'not-opened', why: sentenceOf(error) }),
        )
        return
      case 'report':
        // A broker that does not hear of it takes the request for unseen, which is the safe side.
        remote.reportShown({ ids: [effect.id] }).catch(() => undefined)
        return
      case 'answer': {
        const { id, answer } = effect
        remote.answer({ id, answer }).then(
          answered => this.#on({ kind: 'answered', id, answered }),
          error => this.#on({ kind: 'not-answered', id, why: sentenceOf(error) }),
        )
        return
      }
      case 'extend': {
        const { id } = effect
        remote.extend({ id }).then(
          until => this.#on({ kind: 'extended', id, until }),
          error => this.#complain(error),
        )
        return
      }
      case 'ask-decision': {
        const { id } = effect
        remote.decision({ id }).then(
          view => this.#on({ kind: 'decision', id, how: view.kind === 'decided' ? view.how : undefined }),
          () => this.#on({ kind: 'decision', id, how: undefined }),
        )
        return
      }
      case 'open-link':
        remote.openLink({ url: effect.url }).then(
          opened => {
            if (opened.kind === 'refused')
              this.#on({ kind: 'said', notice: { tone: 'wrong', text: opened.why } })
          },
          error => this.#complain(error),
        )
        return
      case 'copy':
        remote.copyText({ text: effect.text }).then(
          () => this.#on({ kind: 'said', notice: { tone: 'done', text: 'Copied.' } }),
          error => this.#complain(error),
        )
        return
      case 'hide':
        remote.hideWindow({}).catch(error => this.#complain(error))
        return
      case 'show-more':
        showMore()
        return
      default:
        assertNever(effect)
    }
  }

  #complain(error: unknown): void {
    this.#on({ kind: 'said', notice: { tone: 'wrong', text: sentenceOf(error) } })
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof CallFailed ? error.message : 'The app did not answer. Restart it.'
}
