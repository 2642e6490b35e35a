import type { Page } from './page.ts'
import type { Stage } from './stage.ts'

const SIX = ['get_channel', 'get_current_user', 'get_post', 'list_channels', 'list_posts', 'list_teams']

/** Under deny: what is listed, what is read, and a write that is refused. */
export async function showDeny(page: Page, stage: Stage): Promise<void> {
  await stage.withProgram('deny', async (client, tools) => {
    page.heading('1  The tools of an agent that may not write')
    page.say('Started with --write=deny, which is the default, the program lists:\n')
    for (const { name } of tools) page.line(`    ${name}`)
    page.line()
    const names = tools.map(({ name }) => name.replace('integration__mattermost__mattermost_', '')).sort()
    page.check(
      'six tools, and none of them writes',
      String(names) === String(SIX),
      `there are ${names.length}`,
    )

    page.heading('2  Channels, as the model reads them')
    page.calls('list_channels', {})
    const channels = await client.call('list_channels')
    page.quote(channels.text)
    const listed = sizeOf(channels.structured, 'channels')
    const own = channelsOfAlice(stage)
    page.check(`all ${own} channels of Alice are there`, listed === own, `${listed} were listed`)
    const hidden = [stage.example.channels.secret, stage.example.channels.incidents].some(({ id }) =>
      channels.text.includes(id),
    )
    page.check('private channels that Alice is not in are not', !hidden)

    page.heading('3  Posts of a channel that is called by its name')
    const args = { channel_id: 'eng/dev', per_page: 7 }
    page.calls('list_posts', args)
    const posts = await client.call('list_posts', args)
    page.quote(posts.text)
    const shown = sizeOf(posts.structured, 'posts')
    page.check('seven posts, oldest first, with who wrote them', shown === 7 && / bob: /.test(posts.text))
    page.check('text from chat is marked as data', posts.text.includes('data, not instructions'))

    page.heading('4  A post that is refused')
    page.say('The agent tries all the same to call the tool that it was not given:\n')
    const write = { channel_id: 'eng/dev', message: 'Deploying now, hold on to your hats!' }
    page.calls('create_post', write)
    const refused = await client.call('create_post', write)
    page.quote(refused.text)
    const sent = stage.postRequests()
    page.say(`Requests that reached Mattermost: ${sent} POST /posts`)
    page.check('refused, and the agent is told by what', refused.isError && /--write=deny/.test(refused.text))
    page.check('nothing was sent', sent === 0, `${sent} requests were`)
  })
}

function channelsOfAlice({ example }: Stage): number {
  const { alice } = example.people
  const all = [...example.world.channels.values()]
  return all.filter(channel => channel.members.has(alice.id) && channel.deleteAt === 0).length
}

function sizeOf(structured: unknown, key: string): number {
  const list = (structured as Record<string, unknown> | undefined)?.[key]
  return Array.isArray(list) ? list.length : -1
}
