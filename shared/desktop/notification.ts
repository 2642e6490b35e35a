import type { Approval } from '../approvals/approval.ts'
import { type Risks, risksOf } from '../approvals/risks.ts'
import { cleanText } from '../text/clean.ts'
import { ellipsis, takeCharacters } from '../text/shorten.ts'
import { clientLabel, placeLabel } from './labels.ts'
import { waitingWords } from './tray-state.ts'

export type NotificationButton = 'approve' | 'review' | 'deny'

/** A notification as it is shown. */
export type NotificationPlan = {
  /** Who and where. */
  title: string
  /** What would be posted, or its beginning. */
  body: string
  buttons: NotificationButton[]
  /** All of what is decided on can be seen in it, so that seeing it is seeing the request. */
  isWhole: boolean
}

export const BUTTON_WORDS: Record<NotificationButton, string> = {
  approve: 'Approve',
  review: 'Review',
  deny: 'Deny',
}

export type NotificationSurroundings = {
  /** The system's notifications take `<b>` and `&amp;` in a body for markup. */
  takesMarkup: boolean
  /** The person has several accounts, and a notification does not say as whom a post would be. */
  hasSeveralAccounts: boolean
}

/** macOS shows some 256 bytes of a body, others a few lines more; what is longer is cut without a word. */
const MOST_BYTES = 220
const MOST_LINES = 4
const MOST_LINE_CHARACTERS = 110
const MOST_BODY_CHARACTERS = 180

/**
 * The notification of a request. It is a doorbell: Approve is on it only where nothing has to be looked at that it
 * does not show. Otherwise the way to approve leads through the window.
 */
export function notificationFor(approval: Approval, around: NotificationSurroundings): NotificationPlan {
  const { asker, subject } = approval
  const team = subject.team === undefined ? '' : ` · ${ellipsis(placeLabel(subject.team), 30)}`
  const title = `${clientLabel(asker.client)} → ${placeLabel(subject.place)}${team}`
  const isWhole = showsEverything(approval, around)
  const body = isWhole ? subject.text : beginning(subject.text, around)
  return { title, body, buttons: isWhole ? ['approve', 'review', 'deny'] : ['review', 'deny'], isWhole }
}

/** One for many: each of its own would bury the rest of the screen. */
export function notificationForMany(count: number): NotificationPlan {
  return {
    title: `${waitingWords(count)}`,
    body: 'Review them one by one; nothing is posted before you say so.',
    buttons: ['review'],
    isWhole: false,
  }
}

function showsEverything({ subject }: Approval, around: NotificationSurroundings): boolean {
  const { text, wideMentions, place, team = '', root } = subject
  return (
    fits(text) &&
    cleanText(text) === text &&
    !(around.takesMarkup && /[<&]/.test(text)) &&
    !around.hasSeveralAccounts &&
    wideMentions.length === 0 &&
    // What it answers would have to be read too.
    root === undefined &&
    placeLabel(place) === place &&
    Array.from(team).length <= 30 &&
    hasNoRisk(risksOf(text))
  )
}

function fits(text: string): boolean {
  const lines = text.split('\n')
  return (
    new TextEncoder().encode(text).length <= MOST_BYTES &&
    lines.length <= MOST_LINES &&
    lines.every(line => Array.from(line).length <= MOST_LINE_CHARACTERS)
  )
}

/** A link that shows its host is none: that can be read where it stands. */
function hasNoRisk({ links, moreHosts, unseen, mixedScripts, secrets }: Risks): boolean {
  return (
    links.every(({ shown, image }) => shown === undefined && !image) &&
    moreHosts + unseen.length + mixedScripts.length + secrets.length === 0
  )
}

function beginning(text: string, { takesMarkup }: NotificationSurroundings): string {
  const clean = cleanText(text).trim()
  const plain = takesMarkup ? clean.replace(/[<>&]/g, sign => LOOKALIKES[sign] ?? sign) : clean
  const lines = plain.split('\n')
  const few = lines.slice(0, MOST_LINES).join('\n')
  const { text: head, left } = takeCharacters(few, MOST_BODY_CHARACTERS)
  return left > 0 || lines.length > MOST_LINES ? `${head.trimEnd()} …` : head
}

/** Signs that look the same and are no markup anywhere. */
const LOOKALIKES: Record<string, string> = { '<': '‹', '>': '›', '&': '＆' }
