import {
  counts,
  NOT_DRAWN,
  onceAbsorbed,
  onceDrawn,
  type QuietUntil,
} from '../../../shared/approvals/grace.ts'
import { type KeyMeaning, type KeyPlace, keyMeaning } from './key-meaning.ts'
import { SteadyButtons } from './steady-buttons.ts'

/** What the guard does in the place of an element. */
export type GuardedKeys = Record<'deny' | 'later', () => void> & { scroll(key: string): void }

/** Marks what decides: it must have stood still before a click on it counts. */
const WATCHED = '[data-steady]'

/**
 * Stands before everything in the page: keys and clicks that came too soon after what they would hit do not get
 * through. Times are those of the events, not of when they were worked off.
 */
export class InputGuard {
  #keysQuiet: QuietUntil = NOT_DRAWN
  #clicksQuiet: QuietUntil = NOT_DRAWN
  /** What the pointer went down on, where that counted. */
  #pressed: Element | undefined
  readonly #buttons = new SteadyButtons()
  readonly #page: Document
  readonly #keys: GuardedKeys

  constructor(page: Document, keys: GuardedKeys) {
    this.#page = page
    this.#keys = keys
  }

  /** Begins to listen. @returns what ends it */
  start(): () => void {
    const ending = new AbortController()
    const capture = { capture: true, signal: ending.signal }
    const { defaultView } = this.#page
    this.#page.addEventListener('keydown', event => this.#onKey(event), capture)
    this.#page.addEventListener('keyup', event => this.#onKeyUp(event), capture)
    this.#page.addEventListener('pointerdown', event => this.#onPointerDown(event), capture)
    this.#page.addEventListener('mousedown', event => this.#onMouseDown(event), capture)
    this.#page.addEventListener('click', event => this.#onClick(event), capture)
    defaultView?.addEventListener('resize', () => this.measure(), { signal: ending.signal })
    this.#page.addEventListener('scroll', () => this.measure(), { ...capture, passive: true })
    // Keys on their way to another window arrive here where it has just given way to this one.
    defaultView?.addEventListener('focus', event => this.#absorbKeys(event.timeStamp), {
      signal: ending.signal,
    })
    const observer = new MutationObserver(() => this.measure())
    observer.observe(this.#page, { subtree: true, childList: true, characterData: true, attributes: true })
    this.measure()
    return () => {
      ending.abort()
      observer.disconnect()
    }
  }

  /** Something new is about to be put in front of the person. */
  anew(): void {
    this.#keysQuiet = NOT_DRAWN
    this.#clicksQuiet = NOT_DRAWN
    this.#pressed = undefined
  }

  /** It is on the screen. */
  drawn(): void {
    const now = this.#now()
    this.#keysQuiet = onceDrawn(this.#keysQuiet, now)
    this.#clicksQuiet = onceDrawn(this.#clicksQuiet, now)
  }

  /** Looks where buttons are now. */
  measure(): void {
    this.#buttons.measure(this.#page.querySelectorAll(WATCHED), this.#now())
  }

  #now(): number {
    return this.#page.defaultView?.performance.now() ?? 0
  }

  #onKey(event: KeyboardEvent): void {
    if (!counts(this.#keysQuiet, event.timeStamp)) return this.#absorb(event)
    const meaning: KeyMeaning = keyMeaning({
      key: event.key,
      isRepeat: event.repeat,
      hasCommand: event.ctrlKey || event.altKey || event.metaKey,
      isComposing: event.isComposing,
      where: placeOf(this.#page),
    })
    if (meaning === 'theirs') return
    if (meaning === 'absorbed') return this.#absorb(event)
    stop(event)
    if (meaning === 'scroll') this.#keys.scroll(event.key)
    else this.#keys[meaning]()
  }

  /** The space bar presses a button as it comes up. */
  #onKeyUp(event: KeyboardEvent): void {
    if (!counts(this.#keysQuiet, event.timeStamp)) stop(event)
  }

  #absorb(event: KeyboardEvent): void {
    stop(event)
    this.#absorbKeys(event.timeStamp)
  }

  #absorbKeys(at: number): void {
    this.#keysQuiet = onceAbsorbed(this.#keysQuiet, at)
  }

  #onPointerDown(event: PointerEvent): void {
    // The pointer can be quicker than the news that the page has changed under it.
    this.measure()
    const target = elementOf(event.target)
    this.#pressed = target !== undefined && this.#isMeant(target, event.timeStamp) ? target : undefined
  }

  /** A list of choices opens as the button goes down. */
  #onMouseDown(event: MouseEvent): void {
    if (this.#pressed === undefined) stop(event)
  }

  #onClick(event: MouseEvent): void {
    const target = elementOf(event.target)
    const byPointer = event instanceof PointerEvent && event.pointerType !== ''
    // A page that changed between down and up has other elements there, and has forgotten what was pressed.
    const isWhole = !byPointer || (this.#pressed !== undefined && isWithin(this.#pressed, target))
    if (target === undefined || !isWhole || !this.#isMeant(target, event.timeStamp)) stop(event)
    this.#pressed = undefined
  }

  #isMeant(target: Element, at: number): boolean {
    const button = target.closest(WATCHED)
    return counts(this.#clicksQuiet, at) && (button === null || this.#buttons.isSteady(button, at))
  }
}

function stop(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

function elementOf(target: EventTarget | null): Element | undefined {
  return target instanceof Element ? target : undefined
}

/** A click is of the nearest element that holds both ends of it. */
function isWithin(pressed: Element, clicked: Element | undefined): boolean {
  return clicked !== undefined && (clicked.contains(pressed) || pressed.contains(clicked))
}

const TEXTS = 'textarea, input:not([type=radio]):not([type=checkbox]):not([type=button])'
const CHOICES = 'select, input[type=radio], [role=tab], [role=option], [role=listbox]'

function placeOf(page: Document): KeyPlace {
  const element = page.activeElement
  if (element === null || element === page.body) return 'page'
  if (element.matches(TEXTS)) return 'text'
  if (element.closest('[role=dialog], [role=alertdialog]') !== null) return 'dialog'
  if (element.matches(CHOICES)) return 'choice'
  return element.matches('button, a, [role=button], [role=link]') ? 'control' : 'page'
}
