import type { ExampleWorld } from './example-world.ts'
import type { Channel, Person, Post } from './records.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Fills the example workspace with talk: threads, files, attachments, reactions, edits, bots. */
export function addConversations(example: ExampleWorld, start: number): void {
  const { world, people, channels } = example
  const { admin, alice, bob, dave, grace, gwbot } = people
  const now = world.now()
  const say = (channel: Channel, author: Person, at: number, text: string): Post => {
    return world.posts.add(channel, author, text, { createAt: at })
  }
  say(channels.townSquare, admin, start + HOUR, 'Welcome to Engineering. Be kind, write things down.')
  say(channels.offTopic, grace, now - 2 * DAY, 'The plant next to the printer needs water :potted_plant:')
  say(channels.webDev, alice, now - 3 * DAY, 'This is the website team, not the app.')
  say(channels.vault, alice, now - 5 * DAY, 'Rotation of the signing keys is planned for Friday.')
  say(channels.secret, bob, now - 4 * DAY, 'Nobody but us reads this.')
  say(channels.lounge, bob, now - DAY, 'Coffee at three?')
  say(channels.readonly, admin, now - 6 * DAY, 'Release 2.4 is out. Notes: https://example.test/notes/2.4')
  say(channels.incidents, bob, now - 7 * DAY, 'No incidents this week.')
  say(channels.old, alice, start + 2 * DAY, 'before the archive')
  world.archive(channels.old, alice, start + 10 * DAY)
  say(channels.aliceBob, alice, now - 90 * MINUTE, 'Do you have a minute for the flaky test?')
  say(channels.aliceBob, bob, now - 80 * MINUTE, 'hi alice, after lunch')
  say(channels.aliceSelf, alice, now - 3 * HOUR, 'note to self: ask about the quota')
  say(channels.aliceDave, dave, start + 3 * DAY, 'Friday is my last day. It was good to work with you.')
  say(channels.aliceBobAdmin, admin, now - 8 * HOUR, 'Both of you got access to the build machine.')
  addDevTalk(example, now)
  const unread = channels.dev.members.get(alice.id)
  if (unread !== undefined) unread.msgCount = channels.dev.totalMsgCount - 2
  world.posts.react(
    say(channels.offTopic, bob, now - 47 * HOUR, 'watered'),
    gwbot,
    'white_check_mark',
    now - 46 * HOUR,
  )
}

function addDevTalk(example: ExampleWorld, now: number): void {
  const { world, people, channels } = example
  const { alice, bob, grace, gwbot } = people
  const at = (ago: number): { createAt: number } => ({ createAt: now - ago })
  const add = world.posts
  const plan = add.add(channels.dev, alice, RELEASE_PLAN, at(2 * DAY))
  add.addReply(plan, bob, 'I take the migration.', at(2 * DAY - 10 * MINUTE))
  add.addReply(
    plan,
    grace,
    'Test plan is in the wiki: https://example.test/wiki/test-plan',
    at(2 * DAY - 30 * MINUTE),
  )
  add.react(plan, bob, 'rocket', now - 2 * DAY + HOUR)
  add.react(plan, grace, 'rocket', now - 2 * DAY + 2 * HOUR)
  add.pin(plan, now - 2 * DAY + 3 * HOUR)
  const notes = world.addFile(channels.dev, alice, 'notes.txt', 11, 'text/plain; charset=utf-8')
  add.add(channels.dev, alice, 'see the file', { ...at(30 * HOUR), files: [notes] })
  add.add(channels.dev, gwbot, '', {
    ...at(26 * HOUR),
    props: { attachments: [FAILED_BUILD], from_bot: 'true' },
  })
  const question = add.add(
    channels.dev,
    bob,
    'Build 7 is red since the merge. Who knows the cache?',
    at(25 * HOUR),
  )
  add.addReply(
    question,
    alice,
    'The key has the lock file in it now. Clear it once.',
    at(25 * HOUR - 4 * MINUTE),
  )
  add.addReply(question, bob, 'That was it, thanks!', at(25 * HOUR - 20 * MINUTE))
  const typo = add.add(channels.dev, grace, 'The new dialog is unreadble in dark mode', at(6 * HOUR))
  add.edit(typo, 'The new dialog is unreadable in dark mode', now - 6 * HOUR + MINUTE)
  const gone = add.add(channels.dev, bob, 'wrong window, sorry', at(5 * HOUR))
  add.delete(gone, bob, now - 5 * HOUR + MINUTE)
  add.add(channels.dev, grace, CODE, at(2 * HOUR))
  add.add(channels.dev, bob, '@alice can you review the gateway branch today? #review', at(20 * MINUTE))
  add.add(channels.dev, gwbot, 'Build 8 passed ✅', at(5 * MINUTE))
}

const RELEASE_PLAN = [
  '**Release plan** #release with `code`, :rocket: and Ünïcödé 🚀',
  '',
  '1. freeze on Wednesday',
  '2. migration on Thursday',
  '3. out on Friday',
].join('\n')

const CODE = ['Repro:', '```ts', "await client.post('<b>not html</b>')", '```', 'gives 500 & no log.'].join(
  '\n',
)

const FAILED_BUILD = {
  id: 0,
  fallback: 'build 7 failed',
  color: '#ff0000',
  pretext: '',
  author_name: '',
  author_link: '',
  author_icon: '',
  title: 'Build 7',
  title_link: 'https://example.test/builds/7',
  text: 'failed in **unit tests**',
  fields: [{ title: 'branch', value: 'main', short: true }],
  image_url: '',
  thumb_url: '',
  footer: '',
  footer_icon: '',
  ts: null,
}
