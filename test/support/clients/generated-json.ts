import fc from 'fast-check'

/** How somebody's editor writes JSON. */
const LAYOUTS = [
  { unit: '  ', eol: '\n' },
  { unit: '    ', eol: '\n' },
  { unit: '\t', eol: '\r\n' },
  { unit: '', eol: '' },
]

/** Members of the root besides the servers. */
const MEMBERS = [
  '"theme": "dark"',
  '"nested": {"a": [1, {"b": null}], "mcpServers": {"kosmokrator-mattermost": {}}}',
  '"text": "// no comment, \\"mcpServers\\": {}"',
  '"numbers": [1.50, 1e3, -0]',
  '"__proto__": {"x": 1}',
  '"empty": {}',
]

const SERVERS = [
  '"other": {"command": "npx", "args": ["-y", "x"], "env": {"TOKEN": "s3cr3t"}}',
  '"remote": {"url": "https://example.org/mcp"}',
]

const COMMENTS = ['', ' // a word', ' /* two\n words */', ' // }']

type Drawn = { members: string[]; servers: string[] | undefined; at: number }

const drawn: fc.Arbitrary<Drawn> = fc.record({
  members: fc.shuffledSubarray(MEMBERS),
  servers: fc.option(fc.shuffledSubarray(SERVERS), { nil: undefined }),
  at: fc.nat(MEMBERS.length),
})

/** Settings of somebody's in JSON, with comments where `comments` allows, without an entry of ours. */
export function somebodysJson(container: string, comments: boolean): fc.Arbitrary<string> {
  const comment = comments ? fc.constantFrom(...COMMENTS) : fc.constant('')
  return fc
    .tuple(
      drawn,
      fc.constantFrom(...LAYOUTS),
      fc.array(comment, { minLength: 12, maxLength: 12 }),
      comments ? fc.boolean() : fc.constant(false),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([{ members, servers, at }, layout, notes, trailing, hasMark, hasEnd]) => {
      const rest = [...notes]
      const write = (items: string[], depth: number): string => {
        if (items.length === 0) return layout.eol === '' || depth === 1 ? '{}' : `{${layout.eol}}`
        const lines = items.map((item, index) => {
          const isLast = index === items.length - 1
          const note = layout.eol === '' ? '' : (rest.pop() ?? '')
          return `${layout.unit.repeat(depth)}${item}${isLast && !trailing ? '' : ','}${note}`
        })
        return `{${layout.eol}${lines.join(layout.eol)}${layout.eol}${layout.unit.repeat(depth - 1)}}`
      }
      const all = [...members]
      if (servers !== undefined) all.splice(at, 0, `${JSON.stringify(container)}: ${write(servers, 2)}`)
      const text = write(all, 1) + (hasEnd ? '\n' : '')
      return (hasMark ? '\ufeff' : '') + text
    })
}
