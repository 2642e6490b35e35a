/** The examples of kosmokrator.dev/integrations/mattermost/lua, letter by letter, but for the one that posts. */
export const SITE_EXAMPLES: Record<string, string> = {
  list_channels: `local channels = app.integrations.mattermost.list_channels({
  page = 0,
  per_page = 20
})

for _, ch in ipairs(channels) do
  print(ch.display_name .. " (" .. ch.type .. ") - " .. ch.id)
end`,
  get_channel: `local channel = app.integrations.mattermost.get_channel({
  channel_id = "abc123def456"
})

print(channel.display_name .. ": " .. (channel.purpose or "No purpose set"))`,
  list_posts: `local result = app.integrations.mattermost.list_posts({
  channel_id = "abc123def456",
  page = 0,
  per_page = 10
})

for _, postId in ipairs(result.order) do
  local post = result.posts[postId]
  print(post.user_id .. ": " .. post.message)
end`,
  get_post: `local post = app.integrations.mattermost.get_post({
  post_id = "xyz789"
})

print("Message: " .. post.message)
print("Author: " .. post.user_id)`,
  list_teams: `local teams = app.integrations.mattermost.list_teams({})

for _, team in ipairs(teams) do
  print(team.display_name .. " (" .. team.type .. ")")
end`,
  get_current_user: `local user = app.integrations.mattermost.get_current_user({})

print("Logged in as: @" .. user.username .. " (" .. user.email .. ")")`,
}

/** The one that posts, but for its channel. */
export const SITE_POST = `local post = app.integrations.mattermost.create_post({
  channel_id = "~town-square",
  message = "Hello from the AI agent! :robot:"
})

print("Posted message ID: " .. post.id)`
