-- What a script finds. Given the host function, gives the function that runs a chunk.
local host = ...

local type, pairs, ipairs, next, error, pcall, select = type, pairs, ipairs, next, error, pcall, select
local rawset, setmetatable, getmetatable, tostring_of, load_text = rawset, setmetatable, getmetatable, tostring, load
local concat, sort, pack, unpack = table.concat, table.sort, table.pack, table.unpack
local rep, format = string.rep, string.format
local math_type = math.type

-- Nothing of this reaches a file, a program or the bytes of a function.
dofile, loadfile, warn, string.dump = nil, nil, nil, nil
os = { time = os.time, date = os.date, clock = os.clock, difftime = os.difftime }

-- Compiled code can break out of Lua: only text is loaded.
function load(chunk, name, _mode, ...)
  return load_text(chunk, name, 't', ...)
end

-- Level 3 is who called the function that called this, so no `return ask(…)`: a tail call leaves no trace of that one.
local function ask(name, ...)
  local ok, value = host(name, ...)
  if not ok then error(value, 3) end
  return value
end

local function check(name, what, value, wanted)
  if type(value) ~= wanted then
    error(format('%s: expected %s%s, got %s', name, wanted, what, type(value)), 3)
  end
end

-- Values as people read them -----------------------------------------------------------------------------------------

local MAX_DEPTH = 50

local function before(a, b)
  if math_type(a) and math_type(b) then return a < b end
  return tostring_of(a) < tostring_of(b)
end

local function is_list(value)
  local count = 0
  for key in next, value do
    if math_type(key) ~= 'integer' then return false end
    count = count + 1
  end
  for at = 1, count do
    if rawget(value, at) == nil then return false end
  end
  return count > 0
end

local show

local function show_table(value, indent, above)
  if above[value] then return '<circular>' end
  if next(value) == nil then return '{}' end
  if indent >= MAX_DEPTH then return '{…}' end
  above[value] = true
  local pad, parts = rep('  ', indent + 1), {}
  local list = is_list(value)
  if list then
    for at = 1, #value do parts[at] = pad .. show(value[at], indent + 1, above, true) end
  else
    local keys = {}
    for key in next, value do keys[#keys + 1] = key end
    sort(keys, before)
    for at, key in ipairs(keys) do
      parts[at] = pad .. tostring_of(key) .. ': ' .. show(rawget(value, key), indent + 1, above, true)
    end
  end
  above[value] = nil
  local open, close = '{', '}'
  if list then open, close = '[', ']' end
  return open .. '\n' .. concat(parts, ',\n') .. '\n' .. rep('  ', indent) .. close
end

local function has_words(value)
  local meta = getmetatable(value)
  return type(meta) == 'table' and (meta.__tostring ~= nil or meta.__name ~= nil)
end

function show(value, indent, above, quoted)
  if type(value) == 'table' and not has_words(value) then return show_table(value, indent, above) end
  if quoted and type(value) == 'string' then return (format('%q', value):gsub('\\\n', '\\n')) end
  return tostring_of(value)
end

function tostring(...)
  if select('#', ...) == 0 then error("bad argument #1 to 'tostring' (value expected)", 2) end
  return show((...), 0, {})
end

function print(...)
  local parts = {}
  for at = 1, select('#', ...) do parts[at] = show((select(at, ...)), 0, {}) end
  host('print', concat(parts, '\t'))
end

function dump(value)
  host('print', show(value, 0, {}))
  return value
end

-- Helpers ------------------------------------------------------------------------------------------------------------

docs = {
  list = function() return (ask('docs', 'list', '')) end,
  search = function(query)
    check('docs.search', '', query, 'string')
    return (ask('docs', 'search', query))
  end,
  read = function(page)
    check('docs.read', '', page, 'string')
    return (ask('docs', 'read', page))
  end,
}

json = {
  decode = function(text)
    check('json.decode', '', text, 'string')
    return (ask('decode', text))
  end,
  encode = function(value) return (ask('encode', value)) end,
}

local function check_regex(name, subject, pattern)
  check(name, ' subject', subject, 'string')
  check(name, ' pattern', pattern, 'string')
end

regex = {
  match = function(subject, pattern)
    check_regex('regex.match', subject, pattern)
    return (ask('match', subject, pattern))
  end,
  match_all = function(subject, pattern, flags)
    check_regex('regex.match_all', subject, pattern)
    return (ask('match_all', subject, pattern, flags or 1))
  end,
  gsub = function(subject, pattern, replacement, limit)
    check_regex('regex.gsub', subject, pattern)
    check('regex.gsub', ' replacement', replacement, 'string')
    return (ask('gsub', subject, pattern, replacement, limit or -1))
  end,
}

-- app.integrations.mattermost.list_channels{…} -----------------------------------------------------------------------

local as_original = {}

local function caller(path)
  return function(_, ...)
    if select('#', ...) > 1 then error('arguments are given by name, in one table: {channel_id = "…"}', 2) end
    local result = ask('call', path, (...))
    local shape = as_original[path[#path]:gsub('^mattermost_', '')]
    if shape and type(result) == 'table' then return shape(result) end
    return result
  end
end

local function namespace(path)
  return setmetatable({}, {
    __name = 'app' .. (#path > 0 and '.' or '') .. concat(path, '.'),
    __index = function(self, key)
      local inner = { unpack(path) }
      inner[#inner + 1] = tostring_of(key)
      local child = namespace(inner)
      rawset(self, key, child)
      return child
    end,
    __call = caller(path),
  })
end

app = namespace {}

-- The original gives the server's own JSON. Ours is named otherwise, and its scripts run all the same: a field that is
-- not there is looked up where ours has it. Nothing of this is seen by pairs, print, dump and json.encode.

local function milliseconds(time)
  local ok, value = host('milliseconds', time)
  return ok and value or nil
end

local function with(value, fields)
  return setmetatable(value, {
    __index = function(_, key)
      local field = fields[key]
      if type(field) == 'function' then return field(value) end
      return field
    end,
  })
end

-- Also a list of what is in it.
local function listing(result, items)
  return setmetatable(result, {
    __index = items,
    __len = function() return #items end,
  })
end

local function as_post(post, channel)
  return with(post, {
    message = function(own) return rawget(own, 'text') end,
    user_id = function(own) return rawget(own, 'by') end,
    root_id = function(own) return rawget(own, 'root') or '' end,
    channel_id = channel and channel.id,
    create_at = function(own) return milliseconds(rawget(own, 'time')) end,
    update_at = function(own) return milliseconds(rawget(own, 'updated') or rawget(own, 'time')) end,
  })
end

function as_original.list_channels(result)
  for _, channel in ipairs(result.channels or {}) do
    with(channel, { display_name = channel.title or channel.name })
  end
  return listing(result, result.channels or {})
end

function as_original.list_teams(result)
  return listing(result, result.teams or {})
end

function as_original.get_channel(result)
  return with(result, result.channel or {})
end

function as_original.get_current_user(result)
  return with(result, result.user or {})
end

function as_original.create_post(result)
  return with(result, {
    channel_id = result.channel and result.channel.id,
    root_id = result.root or '',
    create_at = function(own) return milliseconds(rawget(own, 'time')) end,
    update_at = function(own) return milliseconds(rawget(own, 'time')) end,
  })
end

function as_original.get_post(result)
  if result.post == nil then return result end
  return with(result, as_post(result.post, result.channel))
end

function as_original.list_posts(result)
  local posts, order, by_id = result.posts or {}, {}, {}
  for at, post in ipairs(posts) do
    by_id[post.id] = as_post(post, result.channel)
    -- Theirs begins with the newest.
    order[#posts - at + 1] = post.id
  end
  setmetatable(posts, { __index = by_id })
  return with(result, { order = order })
end

-- Running ------------------------------------------------------------------------------------------------------------

return function(chunk)
  local ended = pack(pcall(chunk))
  if ended[1] then return true, unpack(ended, 2, ended.n) end
  return false, show(ended[2], 0, {})
end
