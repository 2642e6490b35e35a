import type { ToolResult } from '../setup/stdio-client.ts'
import { chooseByKey, drawForm, type Form, hasKeyboard } from './form.ts'
import type { Page } from './page.ts'
import type { Stage } from './stage.ts'

/** A person at the keyboard has this long; then the first choice holds, as in a form that is left alone. */
const SECONDS_TO_CHOOSE = 30

/** Under ask: the form, its answer, and what came of it. */
export async function showAsk(page: Page, stage: Stage): Promise<void> {
  page.heading('5  A post that a person decides on')
  page.say('With --write=ask the tool is listed, and every call of it asks first, in the client:\n')
  const answers = hasKeyboard() ? ['key' as const] : [0, 1]
  const root = stage.example.world.posts
    .inChannel(stage.example.channels.dev.id)
    .find(post => post.message.includes('review the gateway branch'))
  const args = {
    channel_id: 'eng/dev',
    message: 'Reviewed: the gateway branch is good to merge.\nTwo small remarks are in the pull request.',
    ...(root && { root_id: root.id }),
  }
  for (const answer of answers) await askOnce(page, stage, args, answer)
}

async function askOnce(
  page: Page,
  stage: Stage,
  args: { channel_id: string; message: string },
  answer: number | 'key',
): Promise<void> {
  const before = stage.postRequests()
  const again = answer !== 'key' && answer > 0
  let chosen: string | undefined
  let whole = false
  const onForm = async (params: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const form = params as unknown as Form
    const { decision } = form.requestedSchema.properties
    whole = args.message.split('\n').every(line => form.message.includes(line))
    if (again) page.say('The agent asks once more, and the same form comes.')
    else for (const line of drawForm(form)) page.line(`  ${line}`)
    page.line()
    const nth = answer === 'key' ? await pressed(page, decision.enumNames) : answer
    if (answer !== 'key') {
      page.say(`No terminal to ask on: the demo answers "${decision.enumNames[nth]}" by itself.`)
    }
    chosen = decision.enum[nth]
    return { action: 'accept', content: { decision: chosen } }
  }
  let result: ToolResult = { text: '', structured: undefined, isError: true }
  await stage.withProgram(
    'ask',
    async client => {
      if (!again) page.calls('create_post', args)
      page.line()
      result = await client.call('create_post', args)
    },
    { onForm },
  )
  page.quote(result.text)
  const sent = stage.postRequests() - before
  page.say(`Requests that reached Mattermost: ${sent} POST /posts`)
  if (!again) page.check('the form shows the whole text, the channel and the author', whole)
  if (chosen === 'once')
    page.check('answered "Post once": posted exactly once', sent === 1 && !result.isError, result.text)
  else page.check('answered "Do not post": nothing was sent', sent === 0 && result.isError, result.text)
}

async function pressed(page: Page, names: string[]): Promise<number> {
  page.say(
    `Your turn: press ${names.map((_, nth) => nth + 1).join(' or ')}. Enter, or ${SECONDS_TO_CHOOSE} seconds without a key, means "${names[0]}".`,
  )
  const nth = await chooseByKey(names.length, SECONDS_TO_CHOOSE)
  page.say(nth === undefined ? `No key came: "${names[0]}".` : `You chose "${names[nth]}".`)
  return nth ?? 0
}

/** Under allow: a post, and the channel afterwards. */
export async function showAllow(page: Page, stage: Stage): Promise<void> {
  page.heading('6  A post that goes out unasked')
  page.say('With --write=allow posts are sent; @channel, @all and @here ask all the same.\n')
  const before = stage.postRequests()
  const message = 'Build 9 passed on main, with the fix for dark mode.'
  await stage.withProgram('allow', async client => {
    const args = { channel_id: 'eng/dev', message }
    page.calls('create_post', args)
    const posted = await client.call('create_post', args)
    page.quote(posted.text)
    page.say('The channel afterwards:\n')
    const read = { channel_id: 'eng/dev', per_page: 2 }
    page.calls('list_posts', read)
    const { text } = await client.call('list_posts', read)
    page.quote(text)
    page.check('posted, and there it is', !posted.isError && text.includes(`alice: ${message}`), posted.text)
    const sent = stage.postRequests() - before
    page.check('exactly one request made a post', sent === 1, `${sent} did`)
    const everybody = { channel_id: 'eng/dev', message: '@channel lunch?' }
    page.line()
    page.calls('create_post', everybody)
    const wide = await client.call('create_post', everybody)
    page.quote(wide.text)
    const kept = stage.postRequests() - before - sent === 0
    page.check('not sent: this client has no form, so nobody could be asked', wide.isError && kept)
  })
}
