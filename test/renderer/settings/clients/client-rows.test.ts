import { describe, expect, it } from 'vitest'
import { callsOf, clientRows, pendingOf } from '../../../../renderer/settings/clients/client-rows.ts'
import { heldBack } from '../../../../renderer/settings/clients/held-back.ts'
import type { WritePolicy } from '../../../../shared/policy/write-policy.ts'
import { ONE_ACCOUNT } from '../../../support/renderer/example-accounts.ts'
import { client } from '../../../support/renderer/example-clients.ts'

describe('clients as a person sees them', () => {
  it('are one in each folder, however many sessions it has', () => {
    const rows = clientRows(
      [
        client({ session: 'a' }),
        client({ session: 'b', calls: 1, pending: 2 }),
        client({ session: 'c', workspace: '/x' }),
      ],
      [],
    )
    expect(rows.map(({ workspace, sessions }) => [workspace, sessions.length])).toEqual([
      ['/home/ada/src/webapp', 2],
      ['/x', 1],
    ])
    const [first] = rows
    if (first === undefined) throw new Error('no row')
    expect([callsOf(first), pendingOf(first)]).toEqual([15, 2])
  })

  it('are told apart however their names are put together', () => {
    expect(
      clientRows([client({ client: 'a', workspace: 'b c' }), client({ client: 'a b', workspace: 'c' })], []),
    ).toHaveLength(2)
  })

  it('are remembered when they are gone, once, by the policy that the person set', () => {
    const override = { client: 'cursor-vscode', workspace: '/notes', policy: 'deny' } as const
    const rows = clientRows(
      [client()],
      [override, override, { client: 'codex-mcp-client', workspace: '/home/ada/src/webapp', policy: 'ask' }],
    )
    expect(rows.map(({ client: name, own, sessions }) => [name, own, sessions.length])).toEqual([
      ['codex-mcp-client', null, 1],
      ['cursor-vscode', 'deny', 0],
    ])
  })

  it('ask for no more than being asked, whatever their configuration says', () => {
    expect(clientRows([client({ request: 'allow' })], [])[0]?.configured).toBe('ask')
    expect(clientRows([client({ request: 'deny' })], [])[0]?.configured).toBe('deny')
  })
})

describe('what holds a client back', () => {
  const said = (
    own: WritePolicy | null,
    effective: WritePolicy,
    ceiling: WritePolicy,
    write: WritePolicy,
  ) => {
    const [row] = clientRows([client({ override: own, effective })], [])
    if (row === undefined) throw new Error('no row')
    return heldBack(
      row,
      ceiling,
      ONE_ACCOUNT.map(each => ({ ...each, write })),
    )
  }

  it('is said only where less holds than what is chosen', () => {
    expect(said(null, 'ask', 'ask', 'allow')).toBeUndefined()
    expect(said('allow', 'allow', 'allow', 'allow')).toBeUndefined()
    expect(said('deny', 'deny', 'allow', 'allow')).toBeUndefined()
  })

  it('is the switch, or the limit of the service', () => {
    expect(said('allow', 'ask', 'ask', 'ask')).toBe('Ask me for now: the switch holds it back')
    expect(said('allow', 'ask', 'allow', 'ask')).toBe('Ask me for now: Mattermost is limited under Accounts')
    expect(said(null, 'deny', 'deny', 'allow')).toBe('Read-only for now: the switch holds it back')
    expect(said('allow', 'ask', 'allow', 'allow')).toBe('Ask me for now')
  })
})
