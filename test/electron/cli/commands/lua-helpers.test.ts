import { expect, it } from 'vitest'
import { openLuaTown } from '../../../support/lua/run-lua.ts'
import { SITE_EXAMPLES } from '../../../support/lua/site-examples.ts'

it('row 59: docs tell what there is', async () => {
  const { lua } = await openLuaTown()
  const { result } = await lua(`
    local _, unknown = pcall(docs.read, "nowhere")
    local _, wrong = pcall(docs.search)
    return docs.list(), docs.search("post"), docs.read("mattermost"), docs.read("mattermost.create_post"),
      docs.read("mattermost.mattermost_create_post"), unknown, wrong`)
  const [list, search, provider, short, long, unknown, wrong] = result as string[]
  expect(list).toMatch(/integrations:lua[\s\S]*mattermost/)
  expect(search).toMatch(/^mattermost\.mattermost_create_post - Post a message/)
  expect(provider).toMatch(/mattermost_list_channels/)
  expect(short).toMatch(/channel_id +string +required[\s\S]*app\.integrations\.mattermost\.create_post/)
  expect(long).toBe(short)
  expect(unknown).toMatch(/No integration docs found for 'nowhere'/)
  expect(wrong).toBe('docs.search: expected string, got nil')
})

it('row 59: json and regex are what they are in the original', async () => {
  const { lua } = await openLuaTown()
  const { result, error } = await lua(`
    local parsed = json.decode('{"a": [1, 2, {"b": "ü/"}]}')
    local m = regex.match("v1.22", [[/v(?<major>\\d+)\\.(\\d+)/]])
    local wrong = {}
    for at, run in ipairs {
      function() regex.match(1, "/x/") end,
      function() regex.match("x") end,
      function() regex.gsub("x", "/x/") end,
      function() regex.match("x", "/(/") end,
      function() json.decode("{") end,
      function() json.decode(1) end,
    } do
      wrong[at] = select(2, pcall(run))
    end
    return json.encode(parsed), m[1], m.major, m[3], regex.match_all("a1 b2", [[/[a-z](\\d)/]])[2],
      regex.gsub("2 apples", [[/(\\d) (\\w+)/]], "$2: $1"), regex.match("x", "/y/") == nil, wrong`)
  expect(error).toBeNull()
  expect(result).toEqual([
    '{\n    "a": [\n        1,\n        2,\n        {\n            "b": "ü/"\n        }\n    ]\n}',
    'v1.22',
    '1',
    '22',
    ['1', '2'],
    'apples: 2',
    true,
    [
      expect.stringMatching(/regex.match: expected string subject, got number$/),
      expect.stringMatching(/regex.match: expected string pattern, got nil$/),
      expect.stringMatching(/regex.gsub: expected string replacement, got nil$/),
      expect.stringMatching(/is not a pattern/),
      expect.stringMatching(/json.decode: /),
      expect.stringMatching(/json.decode: expected string, got number$/),
    ],
  ])
})

it('row 59: every example of the site runs as it is printed there', async () => {
  const { lua, posted } = await openLuaTown()
  const { result } = await lua(`
    local square = app.integrations.mattermost.list_posts {channel_id = "~town-square"}
    return square.channel.id, square.posts[1].id`)
  const [channel, post] = result as string[]
  const code = Object.entries(SITE_EXAMPLES).map(
    ([name, example]) => `print("== ${name}") do ${example}\nend`,
  )
  const run = code
    .join('\n')
    .replaceAll('abc123def456', channel ?? '')
    .replaceAll('xyz789', post ?? '')
  const { output, error } = await lua(run)
  expect(error).toBeNull()
  const parts = Object.fromEntries(
    output
      .split(/^== /m)
      .slice(1)
      .map(part => {
        const [name = '', ...lines] = part.trimEnd().split('\n')
        return [name, lines.join('\n')]
      }),
  )
  expect(parts).toEqual({
    list_channels: expect.stringMatching(/^\S.* \(public\) - \w{26}\n/),
    get_channel: expect.stringMatching(/^Town Square:/),
    list_posts: expect.stringMatching(/^bob: The build is green again\./),
    get_post: expect.stringMatching(/^Message: .+\nAuthor: \w+$/),
    list_teams: expect.stringMatching(/^Engineering \(\w+\)$/),
    get_current_user: expect.stringMatching(/^Logged in as: @alice \(.+@.+\)$/),
  })
  expect(posted()).toEqual([])
})

it('results have the names of ours and those of the original, and only ours are counted and printed', async () => {
  const { lua } = await openLuaTown()
  const { result, error } = await lua(`
    local mattermost = app.integrations.mattermost
    local channels = mattermost.list_channels()
    local posts = mattermost.list_posts {channel_id = "~town-square"}
    local newest = posts.posts[posts.order[1]]
    local names = {}
    for name in pairs(channels) do names[#names + 1] = name end
    table.sort(names)
    return #channels == #channels.channels, channels[1].id == channels.channels[1].id, names,
      newest.message == newest.text, newest.create_at, newest.time, newest.channel_id == posts.channel.id,
      json.decode(json.encode(newest)).message == nil, mattermost.get_current_user().nothing == nil`)
  expect(error).toBeNull()
  const [sameLength, sameFirst, names, sameText, createdAt, time, ...rest] = result ?? []
  expect([sameLength, sameFirst, sameText, ...rest]).toEqual([true, true, true, true, true, true])
  expect(names).toEqual(['channels', 'notice', 'total'])
  expect(createdAt).toBe(Date.parse(String(time)))
})
