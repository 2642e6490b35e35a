import { channelListRoutes } from './channel-lists.ts'
import { channelPostRoutes } from './channel-posts.ts'
import { channelRoutes } from './channels.ts'
import { createPostRoutes } from './create-post.ts'
import { directRoutes } from './direct.ts'
import { postRoutes } from './posts.ts'
import { preferenceRoutes } from './preferences.ts'
import type { Route } from './routes.ts'
import { searchRoutes } from './search.ts'
import { systemRoutes } from './system.ts'
import { teamRoutes } from './teams.ts'
import { userRoutes } from './users.ts'

/** Every route that this server has. */
export const allRoutes: readonly Route[] = [
  ...channelListRoutes,
  ...channelPostRoutes,
  ...channelRoutes,
  ...createPostRoutes,
  ...directRoutes,
  ...postRoutes,
  ...preferenceRoutes,
  ...searchRoutes,
  ...systemRoutes,
  ...teamRoutes,
  ...userRoutes,
]
