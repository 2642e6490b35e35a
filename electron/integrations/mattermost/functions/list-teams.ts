import * as z from 'zod'
import { cleanLine } from '../../../../shared/text/clean.ts'
import { NOTICE } from '../../../../shared/text/notice.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import { defineRead } from '../../integration.ts'
import { getMyTeams } from '../api/reads.ts'
import type { MattermostService } from '../service.ts'

const MAX_PER_PAGE = 200

const input = z.strictObject({
  page: z.int().min(0).max(100_000).default(0),
  per_page: z.int().min(1).default(60),
})

const output = z.object({
  notice: z.string(),
  teams: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      display_name: z.string(),
      type: z.string(),
      description: z.string().optional(),
    }),
  ),
  total: z.number(),
  next: z.object({ page: z.number() }).optional(),
  left_out: z.number().optional(),
})
type Output = z.infer<typeof output>

export const listTeams = defineRead<MattermostService, z.infer<typeof input>, Output>({
  name: 'mattermost_list_teams',
  title: 'List teams',
  description:
    'List teams the current user belongs to in Mattermost. Returns team IDs, names, display names, and types. Use this to discover available teams before working with channels.',
  input,
  output,

  async run({ service, signal }, { page, per_page }) {
    const perPage = Math.min(per_page, MAX_PER_PAGE)
    const all = (await getMyTeams(service.client, signal)).sort((a, b) =>
      a.display_name < b.display_name ? -1 : 1,
    )
    const shown = all.slice(page * perPage, (page + 1) * perPage)
    const output: Output = {
      notice: NOTICE,
      teams: shown.map(team => ({
        id: team.id,
        name: cleanLine(team.name),
        display_name: cleanLine(team.display_name),
        type: team.type === 'O' ? 'open' : 'invite only',
        ...(team.description !== '' && { description: ellipsis(cleanLine(team.description), 200) }),
      })),
      total: all.length,
      ...((page + 1) * perPage < all.length && { next: { page: page + 1 } }),
    }
    const keep = (count: number) => ({
      ...output,
      teams: output.teams.slice(0, count),
      left_out: output.teams.length - count,
    })
    return { output, cut: { size: shown.length, keep } }
  },

  text({ teams, total, next, left_out }) {
    return [
      `${teams.length} of ${total} teams. ${NOTICE}`,
      ...teams.map(team => {
        const description = team.description === undefined ? '' : `: ${team.description}`
        return `${team.id} ${team.name} "${team.display_name}" (${team.type})${description}`
      }),
      ...(left_out === undefined ? [] : [`${left_out} teams did not fit: ask with a smaller per_page.`]),
      ...(next === undefined ? [] : [`next: page=${next.page}`]),
    ].join('\n')
  },
})
