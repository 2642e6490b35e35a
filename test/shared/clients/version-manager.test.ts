import { describe, expect, it } from 'vitest'
import { versionManagerOf } from '../../../shared/clients/version-manager.ts'

describe('a path that goes with a version', () => {
  it.each([
    ['/home/me/.nvm/versions/node/v20.19.0/bin/node', 'nvm'],
    ['C:\\Users\\me\\AppData\\Roaming\\nvm\\v20.19.0\\node.exe', 'nvm'],
    ['/home/me/.local/share/fnm/node-versions/v22/installation/bin/node', 'fnm'],
    ['/run/user/1000/fnm_multishells/1_2/bin/node', 'fnm'],
    ['/home/me/.volta/tools/image/node/20.1.0/bin/node', 'Volta'],
    ['/home/me/.asdf/installs/nodejs/20.1.0/bin/node', 'asdf'],
    ['/home/me/.local/share/mise/installs/node/22/bin/node', 'mise'],
    ['/opt/homebrew/Cellar/node/24.1.0/bin/node', 'Homebrew'],
    ['/home/me/.npm/_npx/abc/node_modules/x/dist/cli/kosmo.cjs', 'npx'],
    ['/usr/bin/node', undefined],
    ['/opt/homebrew/bin/node', undefined],
    ['/Applications/KosmoKrator.app/Contents/Resources/cli/node', undefined],
    ['C:\\Program Files\\nodejs\\node.exe', undefined],
  ])('%s: %s', (path, manager) => {
    expect(versionManagerOf(path)).toBe(manager)
  })
})
