import { describe, expect, it } from 'vitest'
import { offeredIntegrations } from '../../../electron/gateway/offered.ts'
import { CLIENT_IDS } from '../../../shared/clients/client-facts.ts'
import { isServerName, SHORT_SERVER_NAME, serverNameFor } from '../../../shared/clients/server-name.ts'

const longest = Math.max(
  ...offeredIntegrations().flatMap(({ tools }) => tools.map(({ name }) => name.length)),
)

describe('the name of our server', () => {
  it('is the one of the product page for a Codex that shows it whole', () => {
    expect(serverNameFor('codex', [[0, 156, 1]], longest)).toEqual({
      name: 'kosmokrator-mattermost',
      why: undefined,
    })
    expect(serverNameFor('codex', [], longest).name).toBe('kosmokrator-mattermost')
  })

  it('is short for one that cuts it, and it is said which one', () => {
    expect(
      serverNameFor(
        'codex',
        [
          [0, 169, 0],
          [0, 125, 0],
        ],
        longest,
      ),
    ).toEqual({
      name: SHORT_SERVER_NAME,
      why: expect.stringMatching(/Codex 0\.125\.0 cuts names at 64/),
    })
  })

  it.each(CLIENT_IDS)('is within the 64 characters of %s where it is short', client => {
    const { name, why } = serverNameFor(client, [[0, 125, 0]], longest)
    expect(why === undefined).toBe(name !== SHORT_SERVER_NAME)
    if (why !== undefined) expect(`mcp__${name}__`.length + longest).toBeLessThanOrEqual(64)
    expect(isServerName(name)).toBe(true)
  })

  it('needs not be short where the names of tools are', () => {
    expect(serverNameFor('gemini', [], 20).why).toBeUndefined()
  })
})
