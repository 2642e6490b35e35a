import fc from 'fast-check'

/** What somebody may have in their settings, as lines: whole tables in any order, root lines first. */
const ROOT_LINES = [
  'model = "gpt-6" # the big one',
  "approval_policy = 'on-request'",
  '# [mcp_servers.kosmokrator-mattermost]',
  'notify = [ "a", # first\n  "[mcp_servers.kosmokrator-mattermost]", # second\n]',
  'instructions = """\n[mcp_servers.kosmokrator-mattermost]\ncommand = "no"\n"""',
  "pattern = '''\n[mcp_servers.x]\n# no comment '''''",
  'started = 1979-05-27 07:32:00Z',
  'big = 9223372036854775807',
  'ratio = 1e-3',
  '"quoted.key" = { a = 1, b = "}" }',
  'site."example.org".on = true',
  '',
  '   # indented',
]

const TABLES = [
  '[features]\nplugins = false\n',
  '[ projects . "/home/me/a b" ]\ntrust_level = "trusted"\n',
  '[[rules]]\nname = "x]" # [y]\n\n[[rules]]\nname = \'z\'\n',
  '[rules_more.mcp_servers.kosmokrator-mattermost]\ncommand = "elsewhere"\n',
  '[mcp_servers.other]\n# keep me\ncommand = "npx"\nargs = [\n  "-y", # yes\n  "x",\n]\n\n[mcp_servers.other.env]\nTOKEN = "s3cr3t"\n',
  '[mcp_servers."my server"]\nurl = "https://example.org/mcp"\n',
  '[mcp_servers.other.tools.t]\napproval_mode = "approve"\n',
  '[tui]\n  theme = "dark"\n  # the end\n',
]

/** Ways to have servers that exclude the tables above. */
const SERVERS_ON_A_LINE = [
  'mcp_servers = {}',
  'mcp_servers = { }',
  'mcp_servers = { other = { command = "x" } } # all of them',
  'mcp_servers = {\n  other = { command = "x" }, # one\n  "k-2" = { url = "y" },\n}',
  'mcp_servers.other.command = "x"\nmcp_servers.other.args = []',
]

const rootLines = fc.shuffledSubarray(ROOT_LINES)
const withTables = fc.tuple(
  rootLines,
  fc.constant(''),
  tables(() => true),
)
const withLine = fc.tuple(
  rootLines,
  fc.constantFrom(...SERVERS_ON_A_LINE),
  tables(text => !text.startsWith('[mcp_')),
)

/** A `config.toml` of somebody's without an entry of ours. */
export const somebodysToml: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(withTables, withLine),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
    fc.constantFrom('as it is', 'no last line break', 'blank lines at the end'),
    fc.integer({ min: 0, max: 2 }),
  )
  .map(([[root, servers, table], eol, hasMark, ending, blanks]) => {
    const lines = [...root, servers].filter((line, index) => line !== '' || index % 2 === 0)
    const text = `${lines.join('\n')}\n${'\n'.repeat(blanks)}${table.join('\n'.repeat(blanks))}`
    const ended =
      ending === 'as it is'
        ? text
        : ending === 'no last line break'
          ? text.replace(/\n+$/, '')
          : `${text}\n\n`
    return (hasMark ? '\ufeff' : '') + ended.replaceAll('\n', eol)
  })

function tables(fits: (text: string) => boolean): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray(TABLES.filter(fits))
}
