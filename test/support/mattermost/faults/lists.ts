import type { Fault } from '../faults.ts'
import { afterwards, type FaultCase } from './case.ts'

type Json = Record<string, unknown>

const STRANGER = 'xxxxxxxxxxxxxxxxxxxxxxxxxx'

/** Changes every post of the reply, be it one post, a list of posts or something else (left alone). */
function posts(change: (post: Json) => Json): Fault {
  return {
    kind: 'changeJson',
    change: body => {
      if (!isJson(body)) return body
      if (!isJson(body.posts)) return 'message' in body ? change(body) : body
      const changed = Object.entries(body.posts).map(([id, post]) => [id, isJson(post) ? change(post) : post])
      return { ...body, posts: Object.fromEntries(changed) }
    },
  }
}

function list(change: (list: Json, order: string[]) => Json): Fault {
  return {
    kind: 'changeJson',
    change: body => (isJson(body) && Array.isArray(body.order) ? change(body, body.order) : body),
  }
}

/** As text, because JSON.stringify cannot write these. */
function inText(pattern: RegExp, replacement: string): Fault {
  return {
    kind: 'change',
    change: reply => ({
      ...reply,
      body: Buffer.from(reply.body.toString('utf8').replace(pattern, replacement)),
    }),
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Cases 32 to 35 and 40: lists and posts that parse and are wrong. */
export const listCases: FaultCase[] = [
  afterwards(
    32,
    'order names posts that are not there',
    list((body, order) => ({ ...body, order: [...order, STRANGER] })),
  ),
  afterwards(
    32,
    'order names posts twice',
    list((body, order) => ({ ...body, order: [...order, ...order] })),
  ),
  afterwards(
    32,
    'root_id goes round in a circle',
    posts(post => ({ ...post, root_id: post.id })),
  ),
  afterwards(
    33,
    'a post with the key __proto__',
    inText(/"posts":\{/, '"posts":{"__proto__":{"id":"p","polluted":true},'),
  ),
  afterwards(
    33,
    'a post with the key constructor',
    inText(/"posts":\{/, '"posts":{"constructor":{"id":"c"},'),
  ),
  afterwards(
    34,
    'the posts of another channel',
    posts(post => ({ ...post, channel_id: STRANGER })),
  ),
  afterwards(34, 'another object than asked for', inText(/"id":"\w{26}"/, `"id":"${STRANGER}"`)),
  afterwards(
    35,
    'message null',
    posts(post => ({ ...post, message: null })),
  ),
  afterwards(
    35,
    'create_at as text',
    posts(post => ({ ...post, create_at: String(post.create_at) })),
  ),
  afterwards(35, 'create_at beyond every number', inText(/"create_at":\d+/g, '"create_at":1e400')),
  afterwards(
    35,
    'create_at beyond whole numbers',
    inText(/"create_at":\d+/g, '"create_at":9007199254740993'),
  ),
  afterwards(35, 'create_at beyond every date', inText(/"create_at":\d+/g, '"create_at":8640000000000001')),
  afterwards(
    35,
    'props and metadata of wrong types',
    posts(post => ({ ...post, props: 'no', metadata: [] })),
  ),
  afterwards(
    40,
    'pages without an end',
    list((body, order) => ({ ...body, prev_post_id: order.at(-1) ?? STRANGER })),
    Number.POSITIVE_INFINITY,
  ),
]
