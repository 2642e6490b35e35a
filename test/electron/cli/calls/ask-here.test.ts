import { describe, expect, it } from 'vitest'
import { newHome, startBrokerProcess } from '../../../support/broker/broker-process.ts'
import { openTown, type Town } from '../../../support/mcp/town.ts'
import { openPersonTerminal } from '../../../support/terminal/person-terminal.ts'

const POST = [
  'integrations:call',
  'mattermost.create_post',
  '--channel-id=~town-square',
  '--message=Hello there',
]

function open(home: string, { account }: Town, args = POST) {
  const variables = {
    HOME: home,
    KOSMO_HOME: home,
    MATTERMOST_URL: account.url,
    MATTERMOST_ACCESS_TOKEN: account.token,
  }
  return openPersonTerminal(args, variables)
}

const QUESTION = /Type ([a-z]{4}) to post it\. Enter: do not\./

describe.runIf(process.platform === 'linux')('a person at the terminal of a call', () => {
  it('what somebody decides elsewhere takes the question away', async () => {
    const town = await openTown()
    const broker = await startBrokerProcess({ home: newHome() })
    const terminal = open(broker.home, town)
    await terminal.shows(QUESTION)
    const other = await broker.terminal()
    const [approval] = await other.broker.listApprovals({})
    await other.broker.answer({ id: approval?.id ?? '', answer: { kind: 'deny', reason: 'not here' } })
    await terminal.shows('it was decided elsewhere')
    expect(await terminal.ended()).toBe(1)
    expect(terminal.seen()).toContain('In their words: "not here"')
    expect(town.writes()).toEqual([])
  })

  describe.each(['alone', 'with a broker'])('%s', how => {
    async function setUp(args?: string[]) {
      const town = await openTown()
      const home = newHome()
      if (how === 'with a broker') await startBrokerProcess({ home })
      return { town, terminal: open(home, town, args) }
    }

    it('row 53: sees the whole post, and only the code posts it, once', async () => {
      const { town, terminal } = await setUp()
      const [, code = ''] = await terminal.shows(QUESTION)
      expect(terminal.seen()).toMatch(/Where +~town-square/)
      expect(terminal.seen()).toContain('> Hello there')
      expect(town.posted()).toEqual([])
      await terminal.type(`${code}\r`, /Posted \w{26}/)
      expect(await terminal.ended()).toBe(0)
      expect(town.posted()).toEqual(['Hello there'])
    })

    it('row 53: anything but the code posts nothing, and the call ends as declined', async () => {
      const { town, terminal } = await setUp()
      await terminal.shows(QUESTION)
      await terminal.type('y\r', 'The person declined this post; nothing was posted.')
      expect(await terminal.ended()).toBe(1)
      expect(town.writes()).toEqual([])
    })

    it('row 53: Ctrl-C ends it with 130 and posts nothing', async () => {
      const { town, terminal } = await setUp()
      await terminal.shows(QUESTION)
      await terminal.type('\u0003', /\[ended/)
      expect(await terminal.ended()).toBe(130)
      expect(town.writes()).toEqual([])
    })
  })
})
