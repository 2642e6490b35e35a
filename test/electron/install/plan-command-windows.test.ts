import { expect, it } from 'vitest'
import type { InstallSystem } from '../../../electron/install/install-system.ts'
import { planCommand, planNoCommand } from '../../../electron/install/plan-command.ts'

/* Windows itself is not here: its paths and what would be written are. */

const BIN = 'C:\\Users\\ada\\AppData\\Local\\KosmoKrator\\bin'
const CLI = 'C:\\Users\\ada\\AppData\\Local\\Programs\\kosmokrator-desktop\\resources\\cli'

const windows = (path: string): InstallSystem => ({
  platform: 'win32',
  userHome: 'C:\\Users\\ada',
  variables: { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local', Path: 'C:\\Windows' },
  uid: undefined,
  program: { node: `${CLI}\\node.exe`, script: `${CLI}\\kosmo.cjs` },
  userPath: { read: async () => path, write: async () => undefined },
})

it('two command files in a folder of ours, and the folder at the end of the PATH as it stands', async () => {
  const plan = await planCommand(windows('%USERPROFILE%\\bin;C:\\x'), true)
  if (plan.kind !== 'plan') throw new Error(plan.kind)
  expect(plan.changes.map(({ path, before }) => [path, before])).toEqual([
    [`${BIN}\\kosmo.cmd`, undefined],
    [`${BIN}\\kosmokrator.cmd`, undefined],
  ])
  expect(plan.changes[0]?.after).toContain(
    '"%~dp0..\\..\\Programs\\kosmokrator-desktop\\resources\\cli\\node.exe"',
  )
  expect(plan.userPath).toEqual({
    before: '%USERPROFILE%\\bin;C:\\x',
    after: `%USERPROFILE%\\bin;C:\\x;${BIN}`,
  })
  expect(plan.notes).toEqual([expect.stringContaining('Open a new terminal')])
})

it('and out of it again', async () => {
  const plan = await planNoCommand(windows(`%USERPROFILE%\\bin;${BIN};C:\\x`))
  expect(plan).toMatchObject({
    kind: 'plan',
    changes: [],
    userPath: { after: '%USERPROFILE%\\bin;C:\\x' },
  })
  expect(await planNoCommand(windows('C:\\x'))).toMatchObject({ kind: 'nothing' })
})

it('a path that no command file can hold is refused, with another way', async () => {
  const program = { node: 'D:\\Zoë\\node.exe', script: 'D:\\Zoë\\kosmo.cjs' }
  expect(await planCommand({ ...windows(''), program }, true)).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('Put its folder on your PATH instead'),
  })
})
