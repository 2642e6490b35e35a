import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFolder } from '../../../../electron/clients/doctor/check-folder.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { brokerPulse, openDoctorWorld } from '../../../support/clients/doctor-world.ts'

describe('the doctor', () => {
  it('finds nothing set up on a new machine, and says where to begin', async () => {
    const found = await openDoctorWorld({ variables: { PATH: '/usr/bin:/bin' } }).findings()
    expect(found).toMatchObject({
      program: { state: 'ok', said: expect.stringMatching(/^KosmoKrator 1\.2\.3 on Node \d+\.\d+ \(/) },
      folder: { state: 'ok' },
      policy: { state: 'ok', said: 'ask at most: You are asked about every post.' },
      broker: { state: 'warn', todo: expect.stringMatching(/kosmo broker/) },
      keychain: {
        state: 'warn',
        said: expect.stringMatching(/no D-Bus session/),
        todo: expect.stringMatching(/--store=file/),
      },
      account: { state: 'fail', todo: 'Run: kosmo integrations:configure mattermost' },
      network: { state: 'ok', said: "No proxy is set. The system's authorities are trusted." },
      clients: {
        state: 'warn',
        todo: expect.stringMatching(/^Install Codex .*: kosmo mcp:gateway:install$/),
      },
      notifications: { state: 'skipped' },
      tray: { state: 'skipped' },
    })
  })

  it('sees a program that is gone, and one that a version manager will remove', async () => {
    const world = openDoctorWorld()
    const node = join(world.userHome, '.nvm/versions/node/v24.0.0/bin/node')
    mkdirSync(dirname(node), { recursive: true })
    copyFileSync(process.execPath, node)
    chmodSync(node, 0o755)
    const { script } = world.system.program
    Object.assign(world.doctor, { program: { node, script } })
    expect((await world.findings()).program).toMatchObject({
      state: 'warn',
      said: expect.stringMatching(/belongs to nvm/),
    })
    Object.assign(world.doctor, { program: { node, script: '/nowhere/kosmo.cjs' } })
    expect((await world.findings()).program).toMatchObject({
      state: 'fail',
      said: '/nowhere/kosmo.cjs is not there.',
    })
  })

  it.runIf(process.platform !== 'win32')('sees a folder that others can write to', async () => {
    const world = openDoctorWorld()
    mkdirSync(world.system.kosmoHome)
    chmodSync(world.system.kosmoHome, 0o777)
    const { folder } = await world.findings()
    expect(folder).toMatchObject({ state: 'fail', todo: expect.stringMatching(/^Run: chmod 700/) })
  })

  it('sees a folder that cannot be made', async () => {
    const world = openDoctorWorld()
    const file = world.write('file', '')
    Object.assign(world.doctor, { kosmoHome: join(file, 'ours') })
    const [folder] = checkFolder(world.doctor)
    expect(folder).toMatchObject({
      state: 'fail',
      said: `${join(file, 'ours')} cannot be made: ${file} is not a folder.`,
      todo: expect.stringContaining('KOSMO_HOME'),
    })
  })

  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)('sees a full disk', context => {
    const world = openDoctorWorld()
    const { kosmoHome } = world.system
    mkdirSync(kosmoHome)
    const disk = ['-t', 'tmpfs', '-o', 'size=32k,mode=700', 'tmpfs', kosmoHome]
    if (spawnSync('mount', disk).status !== 0) return context.skip()
    try {
      expect(checkFolder(world.doctor)).toMatchObject([
        { state: 'fail', said: expect.stringContaining(`the disk of ${kosmoHome} is full`) },
      ])
    } finally {
      spawnSync('umount', ['-l', kosmoHome])
    }
  })

  it('sees settings that cannot be read', async () => {
    const world = openDoctorWorld()
    world.write('.kosmokrator-desktop/settings.json', '{"ceiling": "perhaps"}', 0o600)
    const found = await world.findings()
    expect(found.policy).toMatchObject({
      state: 'fail',
      said: expect.stringMatching(/settings cannot be read/),
    })
    expect(found.account).toMatchObject({ state: 'fail' })
  })

  it.each([
    [brokerPulse(), 'ok', /^It runs \(process 7\) and reaches you by terminal\.$/],
    [brokerPulse({ surfaces: [] }), 'warn', /nothing shows what waits for you/],
    [brokerPulse({ problems: ['The disk is full.'] }), 'fail', /The disk is full/],
    [brokerPulse({ version: '1.0.0' }), 'fail', /version 1\.0\.0, and this is 1\.2\.3/],
    [() => Promise.reject(new KosmoError('unreachable', 'It is dumb.')), 'fail', /It is dumb/],
  ] as const)('looks at the broker %#', async (broker, state, said) => {
    const world = openDoctorWorld()
    Object.assign(world.doctor, { broker })
    expect((await world.findings()).broker).toMatchObject({ state, said: expect.stringMatching(said) })
  })

  it('names proxies without their passwords, and files that are not there', async () => {
    const proxy = 'http://me:s3cr3t@proxy.example.org:3128'
    const variables = { PATH: '', HTTPS_PROXY: proxy, NODE_EXTRA_CA_CERTS: '' }
    const found = await openDoctorWorld({ variables }).findings()
    expect(found.network?.said).toMatch(/^Proxies: HTTPS_PROXY \(proxy\.example\.org:3128\)\./)
    expect(JSON.stringify(found)).not.toMatch(/s3cr3t/)
    const other = openDoctorWorld({ variables: { PATH: '', MATTERMOST_CA_FILE: '/nowhere/ca.pem' } })
    const said = 'MATTERMOST_CA_FILE names a file that is not there.'
    expect((await other.findings()).network).toMatchObject({ state: 'fail', said })
  })

  it('goes on where one of its own checks fails', async () => {
    const world = openDoctorWorld()
    Object.assign(world.doctor.settings, {
      read: () => {
        throw new TypeError('x')
      },
    })
    const found = await world.findings()
    expect(found.policy).toMatchObject({
      state: 'fail',
      said: expect.stringMatching(/fault of our own \(TypeError\)/),
    })
    expect(found.program).toMatchObject({ state: 'ok' })
  })
})
