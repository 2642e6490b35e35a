import { execFile } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBrokerProcess } from '../../support/broker/broker-process.ts'
import { startedWith } from '../../support/broker/proc.ts'
import { CertificateMaker, hasOpenssl } from '../../support/certificates/openssl.ts'
import { startMattermost } from '../../support/mattermost/server.ts'
import { World } from '../../support/mattermost/world.ts'
import { builtProgram } from '../../support/mcp/program.ts'
import { startReady } from '../../support/mcp/raw-client.ts'

const run = promisify(execFile)

describe('an account under a broker', () => {
  it('is used by every client without a word in its environment, a new token by the next call', async () => {
    const { url, tokens } = await twoPeople()
    const { home } = await startBrokerProcess()
    const env = { HOME: home, KOSMO_HOME: home, PATH: '/usr/bin:/bin' }
    const configure = (...set: string[]) => {
      const flags = set.flatMap(each => ['--set', each])
      const args = ['integrations:configure', 'mattermost', ...flags, '--store=file', '--json']
      return run(process.execPath, [builtProgram(), ...args], { env })
    }
    const client = await startReady({ env, write: 'deny' })
    expect(await whoAmI(client)).toMatch(/ERROR: .*not set up.*integrations:configure mattermost/s)
    await configure(`url=${url}`, `access_token=${tokens.alice}`)
    expect(await whoAmI(client)).toContain('username: alice')
    await configure(`access_token=${tokens.bob}`)
    expect(await whoAmI(client)).toContain('username: bob')
  })

  it('may not be read where reading is refused, and may again once it is not', async () => {
    const { url, tokens } = await twoPeople()
    const { home } = await startBrokerProcess()
    const env = { HOME: home, KOSMO_HOME: home, PATH: '/usr/bin:/bin' }
    const configure = (...args: string[]) =>
      run(process.execPath, [builtProgram(), 'integrations:configure', 'mattermost', ...args], { env })
    await configure('--set', `url=${url}`, '--set', `access_token=${tokens.alice}`, '--store=file')
    const client = await startReady({ env, write: 'deny' })
    expect(await whoAmI(client)).toContain('username: alice')
    await configure('--read', 'deny')
    expect(await whoAmI(client)).toMatch(/ERROR: Reads are refused by policy/)
    await configure('--read', 'allow')
    expect(await whoAmI(client)).toContain('username: alice')
  })

  it.runIf(hasOpenssl())('shows its client certificate, though the key of that is locked', async () => {
    const certificates = new CertificateMaker()
    onTestFinished(() => certificates.remove())
    const authority = certificates.make({ name: 'authority', authority: true })
    const { key, cert } = certificates.make({ name: 'server', issuer: authority, hosts: 'IP:127.0.0.1' })
    const own = certificates.make({ name: 'client', issuer: authority })
    const passphrase = 'opensesame'
    const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase } as const
    writeFileSync(own.keyFile, createPrivateKey(own.key).export(locked))
    const { url, tokens } = await twoPeople({ key, cert, ca: authority.cert, requestCert: true })
    const variables = {
      MATTERMOST_CLIENT_CERT: own.certFile,
      MATTERMOST_CLIENT_KEY: own.keyFile,
      MATTERMOST_CLIENT_KEY_PASSPHRASE: passphrase,
    }
    const { home, ...broker } = await startBrokerProcess({ variables })
    const env = { HOME: home, KOSMO_HOME: home, PATH: '/usr/bin:/bin' }
    const set = [`url=${url}`, `access_token=${tokens.alice}`, `ca_file=${authority.certFile}`]
    const args = ['integrations:configure', 'mattermost', ...set.map(each => `--set=${each}`), '--store=file']
    await run(process.execPath, [builtProgram(), ...args], { env: { ...env, ...variables } })
    expect(await whoAmI(await startReady({ env, write: 'deny' }))).toContain('username: alice')
    const given = broker.gateways().map(gateway => startedWith(gateway).variables)
    expect(given.join()).not.toContain(passphrase)
  })
})

async function twoPeople(tls?: { key: string; cert: string; ca: string; requestCert: boolean }) {
  const world = new World()
  const [alice, bob] = [world.addPerson('alice'), world.addPerson('bob')]
  world.addTeam('engineering', { displayName: 'Engineering', creator: bob })
  const mattermost = await startMattermost({ world, ...(tls && { tls }) })
  onTestFinished(() => mattermost.close())
  return { url: mattermost.url, tokens: { alice: world.token(alice), bob: world.token(bob) } }
}

async function whoAmI(client: Awaited<ReturnType<typeof startReady>>): Promise<string> {
  const { result } = await client.callTool('get_current_user')
  return JSON.stringify(result)
}
