import { BaseSequencer } from 'vitest/node'

/** Files that take longest, whatever their size: begun last, they would run on alone. */
const LONG = /\.property\.test\.ts$|\/broker-crowd\.test\.ts$|\/test\/e2e\//

/** Begins with the files that take longest. */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files)
    return [true, false].flatMap(isLong => sorted.filter(({ moduleId }) => LONG.test(moduleId) === isLong))
  }
}
