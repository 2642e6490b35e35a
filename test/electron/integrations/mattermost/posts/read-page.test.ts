import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postWire } from '../../../../../electron/integrations/mattermost/api/wire.ts'
import {
  type NextPage,
  type PageRequest,
  readPage,
  wholeMilliseconds,
} from '../../../../../electron/integrations/mattermost/posts/read-page.ts'
import type { MattermostService } from '../../../../../electron/integrations/mattermost/service.ts'
import {
  type Crowd,
  type CrowdedChannel,
  crowdedChannel,
  crowds,
} from '../../../../support/tools/crowded-channel.ts'
import { openService } from '../../../../support/tools/open-service.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'

const MOST_PAGES = 200
const RUNS = 60

let town: Town
let service: MattermostService
beforeAll(async () => {
  town = await openTown()
  service = openService({ url: town.mattermost.url, token: town.world.token(town.people.alice) })
})
afterAll(() => town.close())

function made(crowd: Crowd): CrowdedChannel {
  return crowdedChannel(town.world, town.teams.eng, town.people.alice, crowd)
}

/** The ids on the pages, in the order in which the pages came; every page must be sorted in itself. */
async function walk(channelId: string, first: PageRequest, perPage: number): Promise<string[][]> {
  const pages: string[][] = []
  let request: PageRequest | undefined = first
  let rows = perPage
  while (request !== undefined) {
    if (pages.length === MOST_PAGES) throw new Error('the pages never end')
    const page = await readPage(service, channelId, request, rows, new AbortController().signal)
    const times = page.posts.map(post => post.create_at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    pages.push(page.posts.map(post => post.id))
    rows = page.next?.per_page ?? rows
    request = page.next && asRequest(page.next)
  }
  return pages
}

function asRequest({ before, after, page = 0 }: NextPage): PageRequest {
  if (before !== undefined) return { kind: 'before', post: before, page }
  return after === undefined ? { kind: 'page', page } : { kind: 'after', post: after, page }
}

function idsOf({ posts }: CrowdedChannel): string[] {
  return posts.map(post => post.id)
}

function expectEachOnce(pages: string[][], expected: string[]): void {
  expect(pages.flat().sort()).toEqual([...expected].sort())
}

describe('readPage', () => {
  it('visits every post exactly once from the newest page on, whatever shares a millisecond', async () => {
    await fc.assert(
      fc.asyncProperty(crowds, fc.integer({ min: 1, max: 12 }), async (crowd, perPage) => {
        const crowded = made(crowd)
        expectEachOnce(await walk(crowded.channel.id, { kind: 'page', page: 0 }, perPage), idsOf(crowded))
      }),
      { numRuns: RUNS },
    )
  })

  it('visits every older post exactly once from a cursor back', async () => {
    await fc.assert(
      fc.asyncProperty(crowds, fc.integer({ min: 1, max: 12 }), async (crowd, perPage) => {
        const crowded = made(crowd)
        const cursor = town.world.addPost(crowded.channel, town.people.alice, 'cursor')
        const pages = await walk(crowded.channel.id, { kind: 'before', post: cursor.id, page: 0 }, perPage)
        expectEachOnce(pages, idsOf(crowded))
      }),
      { numRuns: RUNS },
    )
  })

  it('visits every newer post exactly once from a cursor on, oldest page first', async () => {
    await fc.assert(
      fc.asyncProperty(crowds, fc.integer({ min: 1, max: 12 }), async (crowd, perPage) => {
        const crowded = made(crowd)
        const createAt = crowded.startsAt - 1
        const cursor = town.world.addPost(crowded.channel, town.people.alice, 'cursor', { createAt })
        const pages = await walk(crowded.channel.id, { kind: 'after', post: cursor.id, page: 0 }, perPage)
        expectEachOnce(pages, idsOf(crowded))
        const times = pages.flat().map(id => crowded.posts.find(post => post.id === id)?.createAt ?? 0)
        expect(times).toEqual([...times].sort((a, b) => a - b))
      }),
      { numRuns: RUNS },
    )
  })

  it('visits every post since a time exactly once, that time included', async () => {
    await fc.assert(
      fc.asyncProperty(crowds, fc.integer({ min: 1, max: 12 }), fc.nat(12), async (crowd, perPage, skip) => {
        const crowded = made(crowd)
        const at = crowded.startsAt + skip
        const pages = await walk(crowded.channel.id, { kind: 'since', at }, perPage)
        expectEachOnce(
          pages,
          crowded.posts.filter(post => post.createAt >= at).map(post => post.id),
        )
      }),
      { numRuns: RUNS },
    )
  })

  it('reads more than 1000 changes since a time to the end, although the server leaves the newest out', async () => {
    const crowded = made({ perMillisecond: Array.from({ length: 1100 }, () => 1), deleted: [], edited: [] })
    const at = crowded.startsAt + 20
    const pages = await walk(crowded.channel.id, { kind: 'since', at }, 200)
    expect(pages.flat()).toEqual(idsOf(crowded).slice(20))
  })

  it('reads on to the end where the 1000 changes reach back to the very first post', async () => {
    const crowded = made({ perMillisecond: Array.from({ length: 1100 }, () => 1), deleted: [], edited: [] })
    const pages = await walk(crowded.channel.id, { kind: 'since', at: crowded.startsAt }, 200)
    expect(pages.flat()).toEqual(idsOf(crowded))
  })

  it('misses no post of more than 1000 changes that got a reaction, which makes the server leave it out', async () => {
    const perMillisecond = Array.from({ length: 1100 }, () => 1)
    const crowded = made({ perMillisecond, deleted: [], edited: [] })
    for (const nth of [40, 41, 500]) {
      const post = crowded.posts[nth]
      if (post !== undefined) town.world.posts.react(post, town.people.alice, 'eyes')
    }
    const pages = await walk(crowded.channel.id, { kind: 'since', at: crowded.startsAt + 20 }, 200)
    expect(pages.flat()).toEqual(idsOf(crowded).slice(20))
  })

  it('says that posts may be missing where it cannot tell, as when the first one got a reaction', async () => {
    const perMillisecond = Array.from({ length: 1100 }, () => 1)
    const crowded = made({ perMillisecond, deleted: [], edited: [] })
    const [, , second] = crowded.posts
    if (second !== undefined) town.world.posts.react(second, town.people.alice, 'eyes')
    const request: PageRequest = { kind: 'since', at: crowded.startsAt + 2 }
    const page = await readPage(service, crowded.channel.id, request, 200, new AbortController().signal)
    const isWhole = page.posts[0]?.id === second?.id
    expect(isWhole || page.notes.some(note => note.includes('some posts may be missing'))).toBe(true)
  })

  it('goes on after the end of a page although the cursor has been deleted meanwhile', async () => {
    const crowded = made({ perMillisecond: [1, 1, 1, 1], deleted: [], edited: [] })
    const [first, second, ...newer] = crowded.posts
    if (first === undefined || second === undefined) throw new Error('too few posts')
    town.world.posts.delete(second, town.people.alice)
    const pages = await walk(crowded.channel.id, { kind: 'before', post: second.id, page: 0 }, 2)
    expect(pages.flat()).toEqual([first.id])
    expect(newer).toHaveLength(2)
  })
})

const POST = { channel_id: 'c'.repeat(26), message: '' }

describe('wholeMilliseconds', () => {
  const posts = (...times: number[]) =>
    times.map((create_at, nth) => postWire.parse({ ...POST, id: `${nth}`.padEnd(26, 'x'), create_at }))

  it('takes everything where it fits and nothing follows', () => {
    expect(wholeMilliseconds(posts(3, 2, 1), 3, false)).toBe(3)
    expect(wholeMilliseconds([], 3, false)).toBe(0)
  })

  it('ends before a group that the border would divide', () => {
    expect(wholeMilliseconds(posts(3, 2, 2, 1), 2, true)).toBe(1)
  })

  it('takes the whole first group where that alone is larger than wanted', () => {
    expect(wholeMilliseconds(posts(2, 2, 2, 1), 1, true)).toBe(3)
  })

  it('cannot tell where even the first group may go on', () => {
    expect(wholeMilliseconds(posts(2, 2, 2), 1, true)).toBe(0)
  })
})
