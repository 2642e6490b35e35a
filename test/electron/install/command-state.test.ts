import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { applyChanges } from '../../../electron/install/apply-changes.ts'
import { commandState } from '../../../electron/install/command-state.ts'
import type { InstallSystem } from '../../../electron/install/install-system.ts'
import { planCommand } from '../../../electron/install/plan-command.ts'
import { shellShim } from '../../../shared/install/shim.ts'
import { openPersonHome } from '../../support/install/person-home.ts'

function personWith(path: string[]) {
  const person = openPersonHome()
  const folder = person.write('cli/kosmo.cjs', '').replace('/kosmo.cjs', '')
  person.write('cli/node', '', 0o755)
  const system: InstallSystem = {
    platform: 'linux',
    userHome: person.home,
    variables: { PATH: path.map(each => join(person.home, each)).join(':') },
    uid: process.getuid?.(),
    program: { node: join(folder, 'node'), script: join(folder, 'kosmo.cjs') },
    userPath: undefined,
  }
  return { person, system }
}

async function installed(path: string[]) {
  const world = personWith(path)
  mkdirSync(join(world.person.home, '.local/bin'), { recursive: true })
  const plan = await planCommand(world.system, false)
  if (plan.kind !== 'plan') throw new Error(plan.kind)
  await applyChanges(plan, world.system)
  return world
}

it('is absent, then ready; off the PATH it is found nowhere', async () => {
  expect(commandState(personWith(['.local/bin']).system)).toMatchObject({ kind: 'absent' })
  const { person, system } = await installed(['.local/bin/'])
  expect(commandState(system)).toMatchObject({ kind: 'ready', path: join(person.home, '.local/bin/kosmo') })
  expect(commandState({ ...system, variables: {} })).toMatchObject({
    kind: 'off-path',
    said: expect.stringContaining('.local/bin is not on your PATH'),
  })
})

it('is shadowed by what is found first: another program, another KosmoKrator', async () => {
  const { person, system } = await installed(['first', '.local/bin'])
  person.write('first/kosmo', '#!/bin/sh\necho mine\n', 0o755)
  expect(commandState(system)).toMatchObject({
    kind: 'shadowed',
    said: expect.stringContaining('is another program'),
  })
  person.write(
    'first/kosmo',
    '#!/bin/sh\nexec /opt/K/resources/cli/node /opt/K/resources/cli/kosmo.cjs "$@"\n',
    0o755,
  )
  expect(commandState(system)).toMatchObject({ said: expect.stringContaining('starts another KosmoKrator') })
  person.write('first/kosmo', shellShim({ node: '/n', script: '/s' }), 0o755)
  expect(commandState(system)).toMatchObject({ said: expect.stringContaining('starts another KosmoKrator') })
  // What nobody can run shadows nothing.
  person.write('first/kosmo', '#!/bin/sh\n', 0o644)
  expect(commandState(system)).toMatchObject({ kind: 'ready' })
})

it('is gone where its program is', async () => {
  const { person, system } = await installed(['.local/bin'])
  rmSync(join(person.home, 'cli'), { recursive: true })
  expect(commandState(system)).toMatchObject({
    kind: 'gone',
    said: `${person.home}/.local/bin/kosmo starts ${person.home}/cli/node, which is not there any more.`,
  })
})
