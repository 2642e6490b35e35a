import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
})
afterEach(() => town.close())

const NOT_FOUND =
  '"id":"app.channel.get_channels.not_found.app_error","message":"No channels were found.","detailed_error":""'

function replyWith(status: number, body: string): void {
  town.mattermost.faults.push({
    match: { method: 'GET', path: /users\/me\/channels$/ },
    times: 3,
    fault: { kind: 'reply', status, headers: [['Content-Type', 'application/json']], body },
  })
}

describe('list_channels, where the server breaks its list', () => {
  it('gives an empty list to somebody without any channel', async () => {
    expect(dataOf(await town.toolsOf('lonebot').call('list_channels'))).toMatchObject({
      channels: [],
      total: 0,
    })
    expect(town.mattermost.requestsTo('GET', /users\/me\/channels$/).map(({ status }) => status)).toEqual([
      404,
    ])
  })

  it.each([200, 404, 500])(
    'reads the open array with the error that means none, with status %i',
    async status => {
      replyWith(status, `[{${NOT_FOUND},"request_id":"x","status_code":404}`)
      expect(dataOf(await town.tools.call('list_channels'))).toMatchObject({ channels: [], total: 0 })
    },
  )

  it('reports a server that has lost its database, compressed (500) or not (200)', async () => {
    const { tools } = town
    // A token that the server has seen before stays good without a database.
    await tools.call('list_teams')
    town.mattermost.settings.databaseDown = true
    expect(errorOf(await tools.call('list_channels'))).toMatch(/\[unavailable, HTTP 500/)
    town.mattermost.settings.gzip = false
    expect(errorOf(await tools.call('list_channels'))).toMatch(/\[unavailable, HTTP 500/)
  })

  it('never passes a part of the list on as the whole', async () => {
    for (let nth = 0; nth < 120; nth++) {
      town.world.addChannel(town.teams.eng, `bulk-${nth}`, { creator: town.people.alice })
    }
    town.mattermost.settings.streamFailsAfter100 = true
    const error = errorOf(await town.tools.call('list_channels'))
    expect(error).toContain('app.channel.get_channels.get.app_error')
    expect(error).not.toContain('bulk-')
  })

  it('does not take "no channels" after some channels for an empty list', async () => {
    replyWith(
      200,
      `[{"id":"${town.channels.dev.id}","type":"O","name":"dev","team_id":""}\n{${NOT_FOUND},"status_code":404}`,
    )
    expect(errorOf(await town.tools.call('list_channels'))).toMatch(/^ERROR/)
  })

  it('reports a list that was simply cut off', async () => {
    replyWith(200, `[{"id":"${town.channels.dev.id}","type":"O","na`)
    expect(errorOf(await town.tools.call('list_channels'))).toContain('[bad_response')
  })

  it('takes null for an empty list, and nothing else that is none', async () => {
    replyWith(200, 'null')
    expect(dataOf(await town.tools.call('list_channels')).channels).toEqual([])
    for (const body of ['{}', '""', '0', '{"channels":[]}']) {
      town.calm()
      replyWith(200, body)
      expect(errorOf(await town.tools.call('list_channels')), body).toContain('[bad_response')
    }
  })

  it('takes the 404 of a team for an empty list, exactly that one', async () => {
    const match = { method: 'GET', path: /teams\/[a-z0-9]{26}\/channels$/ }
    const body = `{${NOT_FOUND},"request_id":"x","status_code":404}`
    town.mattermost.faults.push({ match, fault: { kind: 'reply', status: 404, body } })
    expect(dataOf(await town.tools.call('list_channels', { team: 'eng' }))).toMatchObject({ channels: [] })
    const other = '{"id":"app.team.get.find.app_error","message":"x","detailed_error":"","status_code":404}'
    town.mattermost.faults.push({ match, fault: { kind: 'reply', status: 404, body: other } })
    expect(errorOf(await town.tools.call('list_channels', { team: 'eng' }))).toContain('[not_found')
  })
})
