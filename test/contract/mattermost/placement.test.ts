import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { startMattermost } from '../../support/mattermost/server.ts'
import { type OwnServer, ownServer } from './own-server.ts'
import { send } from './raw-http.ts'

let server: OwnServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

describe('below a subpath', () => {
  it('everything outside is 302 into it, GET with a page, POST without, and nothing is posted', async () => {
    server = await ownServer({ subpath: '/mm' })
    const { origin } = new URL(server.mattermost.url)
    const get = await send(origin, { path: '/api/v4/users/me/channels?include_deleted=true' })
    const post = await send(origin, { method: 'POST', path: '/api/v4/posts', body: '{}' })
    expect([get.status, get.headers.get('location')]).toEqual([
      302,
      ['/mm/api/v4/users/me/channels?include_deleted=true'],
    ])
    expect([post.status, post.text, post.headers.get('location')]).toEqual([302, '', ['/mm/api/v4/posts']])
    expect(get.text).toContain('<a href="/mm/')
    expect((await server.ask('/api/v4/users/me')).status).toBe(200)
    const refused = await server.ask('/api/v4/users/me', { token: 'wrong' })
    expect(refused.header('set-cookie')).toContain('Path=/mm;')
  })
})

describe('the newer version', () => {
  it('differs where the reference says so', async () => {
    server = await ownServer({ settings: { version: '11.10.0' } })
    const { ask, channels } = server
    const me = await ask('/api/v4/users/me')
    expect(me.header('x-version-id')).toMatch(/^11\.10\.0\./)
    expect(me.header('x-content-type-options')).toBe('nosniff')
    expect((await ask('/api/v4/config/client')).json().Version).toBe('11.10.0')
    expect((await ask(`/api/v4/users/me?x=${'y'.repeat(3000)}`)).status).toBe(414)
    expect((await ask('/api/v4/posts', { body: 'b'.repeat(300_001) })).status).toBe(413)
    expect((await ask(`/api/v4/channels/${channels.lounge.id}/posts`)).status).toBe(200)
    expect((await ask(`/api/v4/channels/${channels.dev.id}/posts?include_deleted=true`)).status).toBe(403)
    const stats = await ask(`/api/v4/channels/${channels.dev.id}/stats?exclude_files_count=true`)
    expect(stats.json().files_count).toBe(-1)
    const body = { channel_id: channels.dev.id, message: 'x'.repeat(16_384) }
    expect((await ask('/api/v4/posts', { body })).errorId()).toBe(
      'model.post.is_valid.message_length.app_error',
    )
  })

  it('does not hand a private post out for a repeated pending_post_id', async () => {
    server = await ownServer({ settings: { version: '11.10.0' } })
    const { ask, channels, people, world } = server
    const token = world.token(people.bob)
    const first = await ask('/api/v4/posts', {
      body: { channel_id: channels.vault.id, message: 'private', pending_post_id: 'k' },
    })
    const second = await ask('/api/v4/posts', {
      token,
      body: { channel_id: channels.dev.id, message: 'bob', pending_post_id: 'k' },
    })
    expect([first.status, second.json().message]).toEqual([201, 'bob'])
  })
})

describe('TLS', async () => {
  const openssl = await promisify(execFile)('openssl', ['version']).catch(() => undefined)

  it.skipIf(openssl === undefined)('plain HTTP on its port gets the server\u2019s own 400', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mattermost-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const kind = [
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '1',
    ]
    await promisify(execFile)('openssl', ['req', ...kind, '-keyout', key, '-out', cert, ...subject])
    const pem = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
    await rm(folder, { recursive: true })
    const mattermost = await startMattermost({ tls: pem })
    const plain = await send(mattermost.url.replace('https:', 'http:'), { path: '/api/v4/system/ping' })
    expect([plain.status, plain.text]).toEqual([400, 'Client sent an HTTP request to an HTTPS server.\n'])
    // Self-signed, so a client that checks refuses it.
    await expect(send(mattermost.url, { path: '/api/v4/system/ping' })).rejects.toThrow(/self-signed/)
    await mattermost.close()
  })
})

describe('the program', () => {
  it('prints where it is in one line, serves, and ends with its stdin', async () => {
    const main = fileURLToPath(new URL('../../support/mattermost/main.ts', import.meta.url))
    const child = spawn(process.execPath, [main], { stdio: ['pipe', 'pipe', 'inherit'] })
    const said = text(child.stdout)
    const exit = new Promise(resolve => child.once('exit', resolve))
    const line = await new Promise<string>(resolve =>
      child.stdout.once('data', piece => resolve(String(piece))),
    )
    const { url, token, adminToken } = JSON.parse(line)
    const names = []
    for (const known of [token, adminToken]) {
      const reply = await send(url, {
        path: '/api/v4/users/me',
        headers: { authorization: `Bearer ${known}` },
      })
      names.push(JSON.parse(reply.text).username)
    }
    child.stdin.end()
    expect([names, await exit]).toEqual([['alice', 'admin'], 0])
    expect((await said).trimEnd().split('\n')).toHaveLength(1)
  })
})
