import { setFlagsFromString } from 'node:v8'

/** Node 22 and newer count calls, 3,000 by default; Node 20 counts what its interpreter runs. Neither knows the other's flag. */
const OPTIMIZE_EARLY =
  Number(process.versions.node.split('.')[0]) >= 22
    ? '--invocation-count-for-turbofan=400'
    : '--interrupt-budget=20000'

/**
 * Keeps this process small: one runs for each client, for hours, and does a few calls. V8 would let the space for new
 * objects grow to 64 MB, and the compiler in the middle, on Node 24 and newer, keeps 30 MB for itself; without it the
 * last one is to begin earlier. Measured on Node 20 to 26. Set while it runs, because flags at the start make Node
 * compile its own code anew, and one that a newer V8 does not know would end the process.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--no-maglev')
  setFlagsFromString(OPTIMIZE_EARLY)
}

/** For who has so much to do that speed is worth the memory. */
export function letHeapGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}
