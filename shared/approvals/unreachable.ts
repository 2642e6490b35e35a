/** Why nobody could be asked: no surface showed the question in time. */
export const NOT_SHOWN =
  'no KosmoKrator window or terminal showed the question within 5 seconds. Open `kosmo approvals watch` in a terminal, or the app.'

/** The same where no broker runs, so that there is no surface but the client's own. */
export const NOBODY_IN_SOLO =
  'this client cannot show a question, and no KosmoKrator app or broker is running. A person can post it themselves, start `kosmo broker`, or start this server with --write=allow.'

/** The same for a command of ours, which is no client's. */
export const NOBODY_FOR_COMMAND =
  'there is no terminal to ask at, and no KosmoKrator app or broker is running. Call it at a terminal, or start `kosmo broker` and `kosmo approvals watch` in others.'

/** Whether a reason is that nobody could be reached, and not that something failed. */
export function isNobodyThere(why: string): boolean {
  return [NOT_SHOWN, NOBODY_IN_SOLO, NOBODY_FOR_COMMAND].some(reason => why.endsWith(reason))
}
