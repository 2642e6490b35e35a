import { describe, expect, it } from 'vitest'
import { readPage } from '../support/docs/pages.ts'
import { sourcesIn } from '../support/docs/source-text.ts'

/** Words in capitals between quotes that name no variable: methods, codes of Node, words of other programs. */
const NO_VARIABLES =
  /^(?:GET|POST|PUT|HEAD|SIG[A-Z]+|E[A-Z]{4,}|ERR_\w+|[A-Z]+_ERROR|CONNECT_DEADLINE|UNASKED_ENCODING|CERTIFICATE|PRIVATE KEY)$/

/** Where names of variables stand as texts, in lists. */
const LISTS = [
  'electron/cli/terminal/person.ts',
  'electron/broker/accounts/keychain-environment.ts',
  'electron/broker/gateways/gateway-variables.ts',
  'electron/clients/doctor/check-network.ts',
  'electron/integrations/mattermost/http/proxy.ts',
  'electron/integrations/mattermost/http/authorities.ts',
  'electron/integrations/mattermost/integration.ts',
  'shared/clients/client-facts.ts',
  'shared/clients/codex/codex-environment.ts',
]

/** What only the environment that Codex leaves to its servers is reckoned by; nothing reads them. */
const OF_CODEX = 'shared/clients/codex/codex-environment.ts'

// What draws icons and makes packages is not the program.
const sources = sourcesIn(['electron', 'shared']).filter(({ path }) => !path.endsWith('.mjs'))

const read = new Set(
  sources.flatMap(({ path, text }) => {
    const direct = [...text.matchAll(/\b(?:variables|process\.env|env)\??\.([A-Z][A-Z0-9_]+)\b/g)]
    const taken = [...text.matchAll(/\{ ([A-Z][A-Z0-9_]+) \}: Variables/g)]
    const inLists = LISTS.includes(path)
      ? [
          ...(text
            .split('KEPT_WINDOWS')
            [path === OF_CODEX ? 2 : 0]?.matchAll(/'([A-Za-z_]*[A-Z_][A-Za-z0-9_]*)'/g) ?? []),
        ]
      : []
    return [...direct, ...taken, ...inLists].map(([, name = '']) => name)
  }),
)

const table = readPage('docs/environment.md').text
const documented = new Set(
  [...table.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  ),
)

/** Capitals, or a proxy in small letters: what else stands between quotes there is no variable. */
const isName = (name: string) =>
  (/^[A-Z][A-Z0-9_]+$/.test(name) || /^[a-z]+_proxy$/.test(name)) && !NO_VARIABLES.test(name)

describe('the table of environment variables', () => {
  it('is long enough to be the right one', () => expect(documented.size).toBeGreaterThan(40))

  it('has every variable that is read', () =>
    expect([...read].filter(name => isName(name) && !documented.has(name))).toEqual([]))

  it('has none that is not', () => {
    const text = sources.map(source => source.text).join('\n')
    expect([...documented].filter(name => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
  })
})
