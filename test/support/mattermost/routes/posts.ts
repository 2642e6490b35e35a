import { AppError, noPermission } from '../errors.ts'
import { type Exchange, idParam, self, withEtag } from '../exchange.ts'
import { maySeeChannel } from '../permissions.ts'
import type { Post } from '../records.ts'
import type { Reply } from '../reply.ts'
import { replyCount, wirePost } from '../wire/post.ts'
import type { Route } from './routes.ts'
import { thread } from './thread.ts'

export const postRoutes: Route[] = [
  { method: 'GET', path: '/posts/{post_id}', handler: byId },
  {
    method: 'GET',
    path: '/posts/{post_id}/thread',
    handler: exchange => thread(exchange, visiblePost(exchange)),
  },
]

function byId(exchange: Exchange): Reply {
  const post = visiblePost(exchange)
  const { world, settings } = exchange.state
  const etag = `${settings.version}.${post.id}.${post.updateAt}`
  return withEtag(exchange, etag, wirePost(world, post, { replyCount: replyCount(world, post) }))
}

/** The post of the route: 404 unknown or deleted, 403 no access; open channels of the team need not be joined. */
function visiblePost(exchange: Exchange): Post {
  const id = idParam(exchange, 'post_id')
  const post = exchange.state.world.posts.live(id)
  if (post === undefined)
    throw new AppError(404, 'app.post.get.app_error', { detail: `resource: Post id: ${id}` })
  const channel = exchange.state.world.channels.get(post.channelId)
  if (channel === undefined || !maySeeChannel(exchange, channel)) {
    throw noPermission(self(exchange).id, 'read_channel')
  }
  return post
}
