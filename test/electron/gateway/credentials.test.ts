import { describe, expect, it } from 'vitest'
import { SECRET } from '../../support/mcp/program.ts'
import { environment, type RawClient, startReady } from '../../support/mcp/raw-client.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'

async function withAccount(url: string | undefined, token: string | undefined): Promise<RawClient> {
  const { MATTERMOST_URL: _, MATTERMOST_ACCESS_TOKEN: __, ...env } = environment()
  return startReady({
    env: {
      ...env,
      ...(url !== undefined && { MATTERMOST_URL: url }),
      ...(token !== undefined && { MATTERMOST_ACCESS_TOKEN: token }),
    },
  })
}

describe('an account that is not there', () => {
  it.each([
    ['URL and token', undefined, undefined, /MATTERMOST_URL .* and MATTERMOST_ACCESS_TOKEN/],
    ['the URL', undefined, SECRET, /MATTERMOST_URL/],
    ['the token', 'https://chat.example.test', undefined, /MATTERMOST_ACCESS_TOKEN/],
    ['a token that is blank', 'https://chat.example.test', '  \n', /MATTERMOST_ACCESS_TOKEN/],
    ['a URL that is blank', ' ', SECRET, /MATTERMOST_URL/],
  ])('%s: the tools are listed, and a call says exactly what to set', async (_, url, token, what) => {
    const client = await withAccount(url, token)
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
    const answer = await client.callTool('get_current_user')
    expect(answer.result?.isError).toBe(true)
    expect(resultText(answer)).toMatch(/^ERROR: Mattermost is not set up/)
    expect(resultText(answer)).toMatch(what)
    expect(resultText(answer)).toMatch(/\[not_configured\]$/)
    if (url?.trim() !== '' && url !== undefined) expect(resultText(answer)).not.toContain('MATTERMOST_URL')
  })

  it('another account than the one of the environment is named as unknown', async () => {
    const client = await startReady({
      args: ['mcp:serve', '--integration=mattermost', '--account=work'],
    })
    expect(resultText(await client.callTool('get_current_user'))).toMatch(/"work".*\[not_configured\]$/)
  })
})

describe('a URL that cannot be used', () => {
  it.each([
    ['http://chat.example.test', /plain http/],
    ['http://10.0.0.1:8065', /plain http/],
    ['http://localhost.example.test', /plain http/],
    ['http://127.0.0.1.example.test', /plain http/],
    ['ftp://chat.example.test', /only https/],
    ['chat.example.test', /not a URL/],
    ['https://alice:pass@chat.example.test', /user name or password/],
  ])('%s is refused before anything is sent', async (url, why) => {
    const text = resultText(await (await withAccount(url, SECRET)).callTool('get_current_user'))
    expect(text).toMatch(why)
    expect(text).toMatch(/\[not_configured\]$/)
    expect(text).not.toContain('pass@')
  })
})

describe('a token', () => {
  it.each([
    ['with a line end behind it', (token: string) => `${token}\n`],
    ['with blanks around it', (token: string) => `  ${token}\t`],
    ['with "Bearer" before it', (token: string) => `Bearer ${token}`],
    ['with "bearer" before it and a line end behind', (token: string) => `bearer  ${token}\r\n`],
  ])('%s is taken for what it is', async (_, given) => {
    const town = await openTown()
    const { url, token } = town.account
    const client = await startReady({ account: town.account, env: environment({ url, token: given(token) }) })
    expect(resultText(await client.callTool('get_current_user'))).toContain('username: alice')
  })

  it.each([
    ['with quotes around it', `"${SECRET}"`],
    ['with a line break in it', `${SECRET}\r\nX-Injected: 1`],
    ['with a blank in it', `${SECRET} ${SECRET}`],
    ['with letters that no header can hold', `${SECRET}ä€`],
  ])('%s never reaches the server, nor does any of it show', async (_, token) => {
    const town = await openTown()
    const client = await startReady({ env: environment({ url: town.account.url, token }) })
    const text = resultText(await client.callTool('get_current_user'))
    expect(text).toMatch(/^ERROR: /)
    expect(town.mattermost.requests.filter(({ path }) => path.endsWith('/users/me'))).toEqual([])
    expect(text).toMatch(/token.*\[not_configured\]$/)
  })

  it('that the server does not know is reported, not shown', async () => {
    const town = await openTown()
    const client = await startReady({ env: environment({ url: town.account.url, token: SECRET }) })
    expect(resultText(await client.callTool('get_current_user'))).toMatch(
      /did not accept the token.*\[unauthorized/,
    )
  })

  it('does not show when the server sends it back', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account })
    const body = JSON.stringify({
      id: `echo ${town.account.token}`,
      message: town.account.token,
      status_code: 400,
    })
    const headers: [string, string][] = [
      ['Content-Type', 'application/json'],
      ['X-Request-Id', town.account.token],
    ]
    town.mattermost.faults.push({
      match: { path: /users\/me$/ },
      fault: { kind: 'reply', status: 400, headers, body },
    })
    expect(resultText(await client.callTool('get_current_user'))).toMatch(/^ERROR: /)
  })
})
