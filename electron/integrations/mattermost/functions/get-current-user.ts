import * as z from 'zod'
import { cleanLine } from '../../../../shared/text/clean.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import { defineRead } from '../../integration.ts'
import { getMe } from '../api/reads.ts'
import type { MattermostService } from '../service.ts'

const input = z.strictObject({})

const user = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  nickname: z.string().optional(),
  position: z.string().optional(),
  roles: z.array(z.string()),
  locale: z.string(),
  timezone: z.string().optional(),
  bot: z.boolean().optional(),
})

const output = z.object({ user, server: z.string(), warning: z.string().optional() })
type Output = z.infer<typeof output>

export const getCurrentUser = defineRead<MattermostService, z.infer<typeof input>, Output>({
  name: 'mattermost_get_current_user',
  title: 'Get current user',
  description:
    'Get the profile of the currently authenticated Mattermost user. Returns username, email, display name, roles, and locale.',
  input,
  output,

  async run({ service, signal, itemChars }) {
    const me = await getMe(service.client, signal)
    // The server's own limits are 64 and 128; where there is little room names are shortened.
    const told = (text: string) => ellipsis(cleanLine(text), itemChars < 100 ? 16 : 200)
    const roles = told(me.roles)
      .split(' ')
      .filter(role => role !== '')
    const { useAutomaticTimezone: automatic, automaticTimezone, manualTimezone } = me.timezone
    const timezone = String(automatic) === 'true' ? automaticTimezone : manualTimezone
    const user: Output['user'] = {
      id: me.id,
      username: told(me.username),
      email: told(me.email),
      first_name: told(me.first_name),
      last_name: told(me.last_name),
      ...(me.nickname !== '' && { nickname: told(me.nickname) }),
      ...(me.position !== '' && { position: told(me.position) }),
      roles,
      locale: told(me.locale),
      ...(timezone !== undefined && timezone !== '' && { timezone: told(timezone) }),
      ...(me.is_bot && { bot: true }),
    }
    const output: Output = {
      user,
      server: service.client.server.base,
      ...(me.roles.split(' ').includes('system_admin') && {
        warning:
          'This token belongs to a system administrator and can read everything. A bot account is safer.',
      }),
    }
    return { output }
  },

  text({ user, server, warning }) {
    return Object.entries({ ...user, server, ...(warning !== undefined && { warning }) })
      .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(' ') : String(value)}`)
      .join('\n')
  },
})
