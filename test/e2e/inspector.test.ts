import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { gatewayCommand } from '../support/clients/gateway-command.ts'
import { installInspector, runInspector } from '../support/clients/inspector.ts'
import { tool } from '../support/codex/kosmo-entry.ts'
import { openTown, type Town } from './town.ts'

describe('MCP Inspector', () => {
  let town: Town

  beforeAll(async () => {
    await installInspector()
  }, 300_000)
  beforeEach(async () => {
    town = await openTown()
  })
  afterEach(() => town?.close())

  it('initializes', async () => {
    const run = await runInspector(gatewayCommand('deny', town.account), 'initialize')
    expect(run).toMatchObject({
      exitCode: 0,
      result: {
        protocolVersion: '2025-11-25',
        serverInfo: { name: expect.stringContaining('kosmo') },
        capabilities: { tools: {} },
      },
    })
  })

  it('finds no fault in the tool schemas', async () => {
    const run = await runInspector(gatewayCommand('ask', town.account), 'tools/list', '--strict')
    expect(run).toMatchObject({ exitCode: 0, result: { tools: { length: 7 } } })
  })

  it('reads the teams', async () => {
    const gateway = gatewayCommand('deny', town.account)
    const run = await runInspector(gateway, 'tools/call', '--tool-name', tool('list_teams'))
    expect(run.exitCode).toBe(0)
    expect(JSON.stringify(run.result)).toContain('Engineering')
  })

  it.each([
    ['a tool that does not exist', 'nonsense'],
    ['the posting tool while writes are denied', tool('create_post')],
  ])('does not find %s', async (_, name) => {
    const gateway = gatewayCommand('deny', town.account)
    const run = await runInspector(gateway, 'tools/call', '--tool-name', name)
    expect(run).toMatchObject({ exitCode: 5, errorCode: 'tool_not_found' })
    expect(town.writes()).toEqual([])
  })

  it('gets an error result, and posts nothing, where nobody can be asked', async () => {
    const gateway = gatewayCommand('ask', town.account)
    const args = JSON.stringify({ channel_id: '~town-square', message: 'hello' })
    const named = ['--tool-name', tool('create_post'), '--tool-args-json', args]
    const run = await runInspector(gateway, 'tools/call', ...named)
    expect(run).toMatchObject({ exitCode: 5, errorCode: 'tool_is_error', result: { isError: true } })
    expect(JSON.stringify(run.result)).toMatch(/ERROR: Nobody could be asked: .* Nothing was posted/)
    expect(town.writes()).toEqual([])
  })
})
