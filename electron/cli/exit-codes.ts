/** How `kosmo` ends: what scripts may rely on. A number never changes its meaning. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  noBroker: 3,
  needsTerminal: 4,
  notPending: 5,
  notConfirmed: 6,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitName = keyof typeof EXIT

const MEANINGS: Record<ExitName, string> = {
  ok: 'done',
  failure: 'failure',
  usage: 'wrong usage',
  noBroker: 'no broker runs',
  needsTerminal: 'a person at a real terminal is needed',
  notPending: 'no such request or grant, or somebody decided before',
  notConfirmed: 'the person did not confirm; nothing was changed',
  interrupted: 'ended with Ctrl-C',
  terminated: 'ended by SIGTERM or SIGHUP',
}

/** What an exit code means, as a phrase. */
export function exitMeaning(name: ExitName): string {
  return MEANINGS[name]
}

/** The table above for a help text, a line each. */
export function exitCodeLines(names: readonly ExitName[] = EXIT_NAMES): string[] {
  return ['Exit codes:', ...names.map(name => `  ${String(EXIT[name]).padStart(3)}  ${MEANINGS[name]}`)]
}

const EXIT_NAMES = Object.keys(EXIT) as ExitName[]
