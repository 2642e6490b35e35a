/** What a restart would cut off. */
export type InTheWay = {
  /** Requests that wait for the person. */
  waiting: number
  /** Posts that were permitted and of which nobody knows yet whether they have arrived. */
  sending: number
}

/** Why an update cannot be installed at this moment, as a sentence with what to do; undefined where it can. */
export function refuseInstall({ waiting, sending }: InTheWay): string | undefined {
  if (sending > 0) return 'A post is being sent. You can install as soon as it has arrived.'
  if (waiting === 1) return 'A post waits for your answer. Decide on it first: to restart would drop it.'
  if (waiting > 1)
    return `${waiting} posts wait for your answer. Decide on them first: to restart would drop them.`
  return undefined
}
