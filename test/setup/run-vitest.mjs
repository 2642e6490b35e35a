import { parseCLI, startVitest } from 'vitest/node'
import { LongestFirst } from './longest-first.mjs'

/*
 * Runs Vitest and sends the counts to whoever started this. Counted here and not read from a report: a file that
 * cannot be loaded or a hook that fails is a failure, although no test of that file has one.
 */

/** Counts what came of a run. */
class Counter {
  counts = { passed: 0, failed: 0, skipped: 0 }
  /** Passed, but not at once: something to look into. */
  flaky = []

  onTestRunEnd(testModules, unhandledErrors) {
    const { counts } = this
    for (const testModule of testModules) {
      counts.failed += testModule.errors().length
      for (const suite of testModule.children.allSuites()) counts.failed += suite.errors().length
      for (const test of testModule.children.allTests()) {
        const { state, errors } = test.result()
        if (test.diagnostic()?.flaky) this.flaky.push(`${test.fullName}: ${errors?.[0]?.message ?? ''}`)
        if (state === 'passed') counts.passed++
        else if (state === 'failed') counts.failed++
        else counts.skipped++
      }
    }
    counts.failed += unhandledErrors.length
  }
}

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const counter = new Counter()
const reporters = [...(options.reporters ?? ['default']), counter]
const sequence = { ...options.sequence, sequencer: LongestFirst }
const vitest = await startVitest('test', filter, { ...options, run: true, watch: false, reporters, sequence })
await vitest.close()
for (const name of counter.flaky) console.log(`flaky, passed when it was run again: ${name}`)
process.send?.(counter.counts)
process.disconnect?.()
