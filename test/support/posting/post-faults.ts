import { errorFault } from '../mattermost/faults/case.ts'
import type { Fault, FaultRule } from '../mattermost/faults.ts'
import type { Reply } from '../mattermost/reply.ts'
import { wirePost } from '../mattermost/wire/post.ts'
import { CHANNEL_POSTS, POST_ROUTE, type PostingWorld } from './posting-world.ts'
import type { PostFault, ReadFault } from './schedule.ts'

const PAGE = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'
const BEFORE = { at: 'beforeHandler' } as const
const AFTER = { at: 'afterHandler' } as const

type Met = Pick<FaultRule, 'fault' | 'at' | 'times'>

/** A fault of one POST as a rule of the test server. */
export function postFault(town: PostingWorld, fault: PostFault): FaultRule {
  return { match: POST_ROUTE, ...postFaults(town)[fault] }
}

/** The answer is lost or spoilt, before the server has done anything or after. */
function postFaults(town: PostingWorld): Record<PostFault, Met> {
  return {
    none: { fault: { kind: 'change', change: reply => reply } },
    resetBefore: { ...BEFORE, fault: { kind: 'resetBeforeHeaders' } },
    resetAfter: { ...AFTER, fault: { kind: 'resetBeforeHeaders' } },
    cutAfter: { fault: { kind: 'resetMidBody' } },
    shortAfter: { fault: { kind: 'shortBody', missing: 10 } },
    closedAfter: { fault: { kind: 'closeAfterReply' } },
    emptyAfter: { fault: { kind: 'change', change: reply => ({ ...reply, body: Buffer.alloc(0) }) } },
    page502Before: { ...BEFORE, fault: page(502) },
    page502After: { ...AFTER, fault: page(502) },
    failAfterSave: { fault: { kind: 'failAfterSave' } },
    pending: { ...BEFORE, fault: errorFault(500, 'api.post.deduplicate_create_post.pending') },
    limited: { ...BEFORE, fault: limited('limit exceeded\n') },
    limitedByProxy: { ...AFTER, fault: limited(PAGE) },
    busy: { ...BEFORE, fault: errorFault(503, 'api.context.server_busy.app_error') },
    forbidden: { ...BEFORE, fault: errorFault(403, 'api.context.permissions.app_error') },
    badRequest: { ...BEFORE, fault: errorFault(400, 'model.post.is_valid.msg.app_error') },
    notFound: { ...BEFORE, fault: errorFault(404, 'store.sql_channel.get.existing.app_error') },
    neverBefore: { ...BEFORE, fault: { kind: 'neverAnswer' } },
    neverAfter: { ...AFTER, fault: { kind: 'neverAnswer' } },
    otherPostBefore: { ...BEFORE, fault: otherPost(town) },
    otherPostAfter: { ...AFTER, fault: otherPost(town) },
    cutEarly: { fault: { kind: 'cutEarly' } },
  }
}

/** A fault of one reading of the channel; the client tries again what is worth it, so some last for three tries. */
export function readFault(town: PostingWorld, fault: ReadFault): FaultRule {
  const faults: Record<ReadFault, Met> = {
    none: { fault: { kind: 'change', change: reply => reply } },
    down: { ...BEFORE, times: 3, fault: errorFault(500, 'app.post.get_posts.app_error') },
    never: { ...BEFORE, fault: { kind: 'neverAnswer' } },
    page: { ...BEFORE, times: 3, fault: page(503) },
    missing: { fault: { kind: 'changeJson', change: body => ({ ...(body as object), posts: {} }) } },
    lagging: { fault: { kind: 'changeJson', change: body => asBefore(body, town.clock.now() - LAG_MS) } },
    forbidden: { ...BEFORE, fault: errorFault(403, 'api.context.permissions.app_error') },
  }
  return { match: CHANNEL_POSTS, ...faults[fault] }
}

/** A replica may be behind; not longer than we wait for it. */
const LAG_MS = 3_000

type List = { order: string[]; posts: Record<string, { create_at: number }> }

function asBefore(body: unknown, time: number): unknown {
  const list = body as List
  const isOld = (id: string) => (list.posts[id]?.create_at ?? 0) < time
  const posts = Object.fromEntries(Object.entries(list.posts ?? {}).filter(([id]) => isOld(id)))
  return { ...list, order: (list.order ?? []).filter(isOld), posts }
}

function page(status: number): Fault {
  return { kind: 'reply', status, headers: [['Content-Type', 'text/html']], body: PAGE }
}

function limited(body: string): Fault {
  // Without Retry-After: time is virtual here, and the peace that it asks for is not.
  return { kind: 'reply', status: 429, body }
}

/** A cache answers with a post that the same person made in the same channel another time. */
function otherPost({ world, alice, dev, ops }: PostingWorld): Fault {
  const change = (reply: Reply, { body }: { body: string }): Reply => {
    const channel = (JSON.parse(body) as { channel_id: string }).channel_id === ops.id ? ops : dev
    const old = world.posts.inChannel(channel.id).find(post => post.userId === alice.id)
    const post = old ?? world.addPost(channel, alice, 'by hand')
    const bytes = Buffer.from(JSON.stringify(wirePost(world, post)))
    return { ...reply, status: 201, headers: [['Content-Type', 'application/json']], body: bytes }
  }
  return { kind: 'change', change }
}
