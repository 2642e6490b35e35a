import * as z from 'zod'
import { pageAt } from '../../../../shared/results/page-at.ts'
import { cleanLine } from '../../../../shared/text/clean.ts'
import { NOTICE } from '../../../../shared/text/notice.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import { defineRead } from '../../integration.ts'
import type { WireTeam } from '../api/wire.ts'
import { nameCharacters } from '../channels/describe-channel.ts'
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
  /** Those that the account is not limited to. */
  outside: z.number().optional(),
  next: z.object({ page: z.number(), per_page: z.number() }).optional(),
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

  async run({ service, signal, itemChars }, { page, per_page }) {
    const perPage = Math.min(per_page, MAX_PER_PAGE)
    const own = await service.known.freshTeams(signal)
    const all = own.filter(team => service.guard?.isTeamInside(team) !== false).toSorted(byTitle)
    const outside = own.length - all.length
    const shown = all.slice(page * perPage, (page + 1) * perPage)
    const further = (page + 1) * perPage < all.length && { page: page + 1, per_page: perPage }
    const told = (count: number, chars: number): Output => {
      const next = count < shown.length ? pageAt(page * perPage + count, count) : further
      return {
        notice: NOTICE,
        teams: shown.slice(0, count).map(team => describeTeam(team, chars)),
        total: all.length,
        ...(outside > 0 && { outside }),
        ...(next && { next }),
        ...(count < shown.length && { left_out: shown.length - count }),
      }
    }
    return { output: told(shown.length, itemChars), cut: { size: shown.length, keep: told } }
  },

  text({ teams, total, outside, next, left_out }) {
    return [
      `${teams.length} of ${total} teams. ${NOTICE}`,
      ...teams.map(team => {
        const description = team.description === undefined ? '' : `: ${team.description}`
        return `${team.id} ${team.name} "${team.display_name}" (${team.type})${description}`
      }),
      ...(outside === undefined ? [] : [`${outside} teams are outside of what this account is limited to.`]),
      ...(left_out === undefined ? [] : [`${left_out} teams did not fit.`]),
      ...(next === undefined ? [] : [`next: page=${next.page} per_page=${next.per_page}`]),
    ].join('\n')
  },
})

function describeTeam(team: WireTeam, chars: number): Output['teams'][number] {
  const nameChars = nameCharacters(chars)
  const description = ellipsis(cleanLine(team.description), Math.min(200, chars))
  return {
    id: team.id,
    name: ellipsis(cleanLine(team.name), nameChars),
    display_name: ellipsis(cleanLine(team.display_name), nameChars),
    type: team.type === 'O' ? 'open' : 'invite only',
    ...(description !== '' && { description }),
  }
}

function byTitle(a: WireTeam, b: WireTeam): number {
  return a.display_name < b.display_name ? -1 : 1
}
