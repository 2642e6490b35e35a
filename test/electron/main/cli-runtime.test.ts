import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findCliRuntime, type RuntimeSurroundings } from '../../../electron/main/cli-runtime.ts'

const AROUND: RuntimeSurroundings = {
  isPackaged: false,
  resources: '/opt/KosmoKrator/resources',
  mainFolder: '/src/dist/main',
  variables: {},
  platform: 'linux',
}

it('packaged: the Node that the app ships, whatever the environment says', () => {
  const variables = { KOSMO_NODE: '/evil/node', PATH: '/evil' }
  const packaged = { ...AROUND, isPackaged: true, variables }
  expect(findCliRuntime(packaged)).toEqual({
    node: '/opt/KosmoKrator/resources/cli/node',
    folder: '/opt/KosmoKrator/resources/cli',
  })
  expect(findCliRuntime({ ...packaged, platform: 'win32' }).node).toMatch(/node\.exe$/)
})

it('in a checkout: the Node that is named, else the first on the PATH', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kosmo-node-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const program = join(folder, 'node')
  writeFileSync(program, '')
  const PATH = ['/nowhere', '', folder].join(delimiter)
  expect(() => findCliRuntime({ ...AROUND, variables: { PATH } })).toThrow(
    /Install Node, or name one in KOSMO_NODE/,
  )
  chmodSync(program, 0o755)
  expect(findCliRuntime({ ...AROUND, variables: { PATH } })).toEqual({
    node: program,
    folder: '/src/dist/cli',
  })
  expect(findCliRuntime({ ...AROUND, variables: { PATH, KOSMO_NODE: '/my/node' } }).node).toBe('/my/node')
  expect(findCliRuntime({ ...AROUND, variables: { PATH, KOSMO_NODE: '' } }).node).toBe(program)
})
