import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KosmoError } from '../../../../../shared/errors.ts'
import type { Journal } from '../../../../../shared/posting/journal.ts'
import type { Gateway } from '../../../../support/posting/gateway.ts'
import { postFault } from '../../../../support/posting/post-faults.ts'
import { openPostingWorld, type PostingWorld } from '../../../../support/posting/posting-world.ts'
import type { PostFault } from '../../../../support/posting/schedule.ts'

let town: PostingWorld
let gateway: Gateway
beforeEach(async () => {
  town = await openPostingWorld()
  gateway = town.gateway()
})
afterEach(() => town.close())

const push = (...faults: PostFault[]) =>
  town.mattermost.faults.push(...faults.map(fault => postFault(town, fault)))
const dev = (message: string, idempotency_key?: string) => ({
  channel_id: town.dev.id,
  message,
  ...(idempotency_key !== undefined && { idempotency_key }),
})
const unknown = { kind: 'error', code: 'unknown_outcome' }
const posted = { kind: 'posted', deduplicated: false }
const duplicate = { kind: 'posted', deduplicated: true }

describe('a disk that fails', () => {
  const failing =
    (from: number) =>
    (own: Journal): Journal => {
      let lines = 0
      return {
        ...own,
        open: key => {
          const file = own.open(key)
          const write: typeof file.write = line => {
            if (++lines >= from) throw new KosmoError('not_configured', 'disk full')
            file.write(line)
          }
          return { ...file, write }
        },
      }
    }

  it.each([1, 2])('before anything is sent (line %i) stops it: zero requests', async from => {
    const broken = town.gateway({ journal: failing(from) })
    expect(await broken.call(dev('hello', 'k'))).toMatchObject({ kind: 'error', code: 'not_configured' })
    expect(town.sent()).toEqual([])
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(posted)
  })

  it('after it was sent does not make a failure of a success', async () => {
    const broken = town.gateway({ journal: failing(3) })
    expect(await broken.call(dev('hello', 'k'))).toMatchObject(posted)
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(duplicate)
  })

  it('before the second try does not make a failure of what is unknown', async () => {
    push('resetBefore')
    const broken = town.gateway({ journal: failing(3) })
    expect(await broken.call(dev('hello', 'k'))).toMatchObject(unknown)
    expect(town.sent()).toHaveLength(1)
  })

  it('a folder that is none stops it as well: zero requests', async () => {
    writeFileSync(town.folder, 'a file is in the way')
    const answer = await gateway.call(dev('hello', 'k'))
    expect(answer).toMatchObject({
      kind: 'error',
      code: 'not_configured',
      text: expect.stringContaining('journal'),
    })
    expect(town.sent()).toEqual([])
  })
})
