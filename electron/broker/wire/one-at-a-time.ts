/**
 * Runs `work` whenever it is wanted, never twice at the same time: what is wanted while it runs is one more run after it.
 * A message that is sent so never waits behind another one of its kind that nobody has read.
 */
export function oneAtATime(work: () => Promise<unknown>): () => void {
  let isRunning = false
  let isWanted = false
  const run = async (): Promise<void> => {
    isRunning = true
    while (isWanted) {
      isWanted = false
      // Who is gone needs to be told nothing.
      await work().catch(() => undefined)
    }
    isRunning = false
  }
  return () => {
    isWanted = true
    if (!isRunning) void run()
  }
}
