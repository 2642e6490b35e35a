import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAudit } from '../../../../electron/broker/audit/audit-log.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { startWriter } from '../../../support/audit/start-writer.ts'

let root: string
let folder: string
let isMounted = false
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kosmo-audit-full-'))
  folder = join(root, 'disk', 'audit')
})
afterEach(() => {
  if (isMounted) spawnSync('umount', ['-l', join(root, 'disk')])
  isMounted = false
  rmSync(root, { recursive: true, force: true })
})

const log = () => openAudit(folder, { now: Date.now })
const append = (target = 'x'.repeat(299)) => log().append({ kind: 'call', target })

function appendUntilFull(target?: string): { count: number; error: unknown } {
  for (let count = 0; ; count += 1) {
    try {
      append(target)
    } catch (error) {
      return { count, error }
    }
  }
}

function mountDisk(): void {
  mkdirSync(join(root, 'disk'))
  const options = ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', join(root, 'disk')]
  isMounted = spawnSync('mount', options).status === 0
}

describe.runIf(process.platform === 'linux')('a full disk', () => {
  it.runIf(process.getuid?.() === 0)(
    'is told, leaves a log that verifies, and is over once there is room',
    async context => {
      mountDisk()
      if (!isMounted) return context.skip()
      append()
      for (let round = 1; round <= 3; round += 1) {
        const { count, error } = appendUntilFull()
        expect(error).toBeInstanceOf(KosmoError)
        expect(error).toMatchObject({
          code: 'audit_failed',
          message: expect.stringMatching(/ENOSPC .*Make room/),
        })
        expect(count).toBeGreaterThan(0)
        expect(await log().verify()).toMatchObject({ kind: 'intact', notes: [] })
        spawnSync('mount', ['-o', `remount,size=${128 + round * 16}k`, join(root, 'disk')])
        const { seq } = append('room again')
        expect(await log().verify()).toMatchObject({ kind: 'intact', entries: seq, notes: [] })
      }
    },
  )

  it.runIf(process.getuid?.() === 0)('cannot hold even the first entry', async context => {
    mountDisk()
    if (!isMounted) return context.skip()
    const { bavail, bsize } = statfsSync(join(root, 'disk'))
    writeFileSync(join(root, 'disk', 'ballast'), Buffer.alloc(bavail * bsize - 2 * bsize))
    expect(() => append()).toThrow(KosmoError)
    rmSync(join(root, 'disk', 'ballast'))
    append()
    expect(await log().verify()).toMatchObject({ kind: 'intact', entries: 1 })
  })

  it('half a line: a size limit that cuts it is told, undone, and the log verifies and goes on', async () => {
    const writer = startWriter(folder, 'limited', 200, { shell: 'ulimit -f 8' })
    expect(await writer.ended).toBe(0)
    const told = writer.said().filter(line => /^\d+$/.test(line))
    expect(told.length).toBeGreaterThan(5)
    expect(told.length).toBeLessThan(60)
    expect(writer.said()).toHaveLength(200)
    const { entries } = log().read({}, 1000)
    expect(entries.map(entry => String(entry.seq))).toEqual(told)
    expect(await log().verify()).toMatchObject({ kind: 'intact', notes: [] })
    append()
    expect(await log().verify()).toMatchObject({ kind: 'intact', entries: told.length + 1, notes: [] })
  })
})
