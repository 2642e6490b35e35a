import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { brokerPulse, openDoctorWorld } from '../../../support/clients/doctor-world.ts'

const CODEX = '.codex/config.toml'

async function connected() {
  const world = openDoctorWorld()
  world.write(CODEX, 'model = "x"\n')
  await world.clients.apply(await world.plan('codex'))
  return world
}

async function codexAfter(edit: (text: string) => string) {
  const world = await connected()
  world.write(CODEX, edit(world.read(CODEX)))
  return (await world.findings())['client.codex']
}

describe('the doctor on a client', () => {
  it('starts what its settings start', async () => {
    const found = await (await connected()).findings()
    expect(found['client.codex']).toEqual({
      id: 'client.codex',
      title: 'Codex',
      state: 'ok',
      said: 'The server starts in the environment that Codex gives it and lists 6 tools; it works alone.',
    })
    expect(found).not.toHaveProperty('clients')
  })

  it('tells what the client shows nobody: a flag that the server refuses', async () => {
    expect(await codexAfter(text => text.replace('--write=deny', '--write=dney'))).toMatchObject({
      state: 'fail',
      said: expect.stringMatching(/exit code 2\): --write=dney is none of deny, ask, allow/),
      todo: 'Run: kosmo mcp:gateway:install --force',
    })
  })

  it.each([
    [
      'a program that is gone',
      (text: string) => text.replace('kosmo.cjs"', 'gone.cjs"'),
      'fail',
      /gone\.cjs, which is not there any more/,
    ],
    ['an entry that is off', (text: string) => `${text}enabled = false\n`, 'warn', /is switched off/],
    [
      'an entry that is changed',
      (text: string) => text.replace('600', '601'),
      'warn',
      /lists 6 tools.*tool_timeout_sec was changed/,
    ],
    [
      'an entry whose first argument is no file',
      (text: string) => text.replace('args = [', 'args = ["--no-warnings", '),
      'warn',
      /lists 6 tools.*args was changed/,
    ],
    ['an entry that is out', () => 'model = "x"\n', 'warn', /has taken our entry .* out of/],
    ['a file that is broken', () => '[x', 'fail', /cannot be understood at line 1/],
    [
      'an entry that starts nothing',
      (text: string) => text.replace(/^command = .*$/m, 'url = "x"'),
      'fail',
      /starts nothing/,
    ],
  ])('sees %s', async (_, edit, state, said) => {
    const found = await codexAfter(edit)
    expect(found).toMatchObject({ state, said: expect.stringMatching(said), todo: expect.any(String) })
  })

  it('sees that the server does not find the broker that runs', async () => {
    const world = await connected()
    Object.assign(world.doctor, { broker: brokerPulse() })
    expect((await world.findings())['client.codex']).toMatchObject({
      state: 'fail',
      said: expect.stringMatching(/does not find the broker that runs/),
    })
  })

  it('sees what was written into a project and cannot be started any more', async () => {
    const world = openDoctorWorld()
    const script = world.write('old/kosmo.cjs', '')
    const { program } = world.system
    for (const name of ['kosmo.cjs', 'solo-gateway.cjs']) {
      copyFileSync(join(dirname(program.script), name), join(dirname(script), name))
    }
    Object.assign(world.system, { program: { node: program.node, script } })
    await world.clients.apply(await world.plan('cursor', 'deny', { scope: 'project' }))
    expect(await world.findings()).not.toHaveProperty(['project.cursor.kosmo'])
    rmSync(script)
    expect((await world.findings())['project.cursor.kosmo']).toMatchObject({
      state: 'fail',
      said: expect.stringMatching(/old\/kosmo\.cjs, which is not there any more/),
    })
  })

  it('sees a note of ours that cannot be read', async () => {
    const world = await connected()
    const folder = join(world.system.kosmoHome, 'clients')
    const receipt = readdirSync(folder).find(name => name.startsWith('receipt')) ?? ''
    writeFileSync(join(folder, receipt), '{')
    const found = await world.findings()
    expect(found.folder).toMatchObject({ state: 'warn', said: expect.stringMatching(/receipt-.*line 1/) })
    expect(found['client.codex']).toMatchObject({
      state: 'warn',
      said: expect.stringMatching(/did not write the entry/),
    })
  })
})
