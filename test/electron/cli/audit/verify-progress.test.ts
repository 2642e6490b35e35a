import { describe, expect, it } from 'vitest'
import { verifyProgress } from '../../../../electron/cli/audit/verify-progress.ts'

function told(isTTY: boolean) {
  const lines: string[] = []
  let at = 0
  const terminal = { isTTY, write: (text: string) => lines.push(text) }
  const progress = verifyProgress(terminal, () => at)
  const wait = (ms: number) => {
    at += ms
  }
  return { lines, progress, wait }
}

describe('how far a check of the audit has come', () => {
  it('is told on a terminal after a second, once for each percent, and taken away at the end', () => {
    const { lines, progress, wait } = told(true)
    progress.on(100, 4_000_000)
    wait(999)
    progress.on(1_000_000, 4_000_000)
    expect(lines).toEqual([])
    wait(1)
    progress.on(1_000_000, 4_000_000)
    progress.on(1_000_100, 4_000_000)
    progress.on(4_000_000, 4_000_000)
    expect(lines.map(line => line.replace('\r\x1b[K', ''))).toEqual([
      'Verifying the audit log: 25 % of 4.0 MB …',
      'Verifying the audit log: 99 % of 4.0 MB …',
    ])
    progress.end()
    expect(lines.at(-1)).toBe('\r\x1b[K')
  })

  it('is not told where it was quick, nor where nobody looks', () => {
    const quick = told(true)
    quick.progress.on(1, 2)
    quick.progress.end()
    expect(quick.lines).toEqual([])
    const piped = told(false)
    piped.wait(5_000)
    piped.progress.on(1, 2)
    piped.progress.end()
    expect(piped.lines).toEqual([])
  })
})
