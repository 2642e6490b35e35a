import { cleanLine } from '../../../shared/text/clean.ts'

export type GoneWords = { heading: string; why: string }

/** Where a person can have answered, by the surface's name. */
const PLACES: Record<string, string> = {
  terminal: 'in a terminal',
  notification: 'on its notification',
  'approval-window': 'in this window',
}

const BY_PERSON = /^(approved|denied) by person \(([a-z-]+)\)$/

/** Why a request is no longer open, from how the broker says that it was decided. @param client as people call it */
export function goneWords(how: string, client: string): GoneWords {
  const [, verdict, surface = ''] = BY_PERSON.exec(how) ?? []
  if (verdict !== undefined) {
    const place = Object.hasOwn(PLACES, surface) ? PLACES[surface] : `from ${surface}`
    return { heading: 'Already answered elsewhere', why: `It was ${verdict} ${place}.` }
  }
  const said = cleanLine(how)
  if (/^(approved|denied) /.test(said))
    return { heading: 'Already answered elsewhere', why: `It was ${said}.` }
  if (said.startsWith('cancelled')) {
    return {
      heading: `${client} does not wait any more`,
      why: 'It gave up or left before you decided. Nothing was posted.',
    }
  }
  if (said.startsWith('expired'))
    return { heading: 'Time is up', why: 'Nobody answered in time. Nothing was posted.' }
  return { heading: NO_LONGER_OPEN, why: `Nothing is left to decide: ${said}.` }
}

export const NO_LONGER_OPEN = 'This request is no longer open'

/** Where the broker cannot say more. */
export const GONE_SOMEHOW = 'It was answered somewhere else, or the client no longer waits for it.'
