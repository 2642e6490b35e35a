import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepHeapSmall, Pace } from '../../../electron/gateway/engine.ts'

let flags: string[]
beforeEach(() => {
  flags = []
  vi.spyOn(process.getBuiltinModule('node:v8'), 'setFlagsFromString').mockImplementation(flag => {
    flags.push(flag)
  })
})
afterEach(() => void vi.restoreAllMocks())

describe('the engine', () => {
  it('compiles nothing and keeps its young generation before there is much to do', () => {
    keepHeapSmall()
    expect(flags).toEqual(expect.arrayContaining(['--no-opt', '--semi-space-growth-factor=1']))
    const pace = new Pace()
    for (let nth = 0; nth < 99; nth++) {
      pace.callStarted()
      pace.callEnded()
    }
    expect(flags).not.toContain('--opt')
  })

  it('compiles from the hundredth call on', () => {
    const pace = new Pace()
    for (let nth = 0; nth < 140; nth++) {
      pace.callStarted()
      pace.callEnded()
    }
    expect(flags).toEqual(['--opt'])
  })

  it('takes the memory that it wants where many calls are open at once', () => {
    const pace = new Pace()
    for (let nth = 0; nth < 7; nth++) pace.callStarted()
    expect(flags).toEqual([])
    pace.callStarted()
    expect(pace.atOnce).toBe(8)
    expect(flags).toEqual(['--semi-space-growth-factor=2'])
    pace.callEnded()
    pace.callStarted()
    expect(flags).toHaveLength(1)
  })

  it('knows every flag that it is given', () => {
    keepHeapSmall()
    const pace = new Pace()
    for (let nth = 0; nth < 100; nth++) pace.callStarted()
    const script = `for (const flag of ${JSON.stringify(flags)}) require('node:v8').setFlagsFromString(flag)`
    const { status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
