import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { terminalPath } from '../../../electron/install/shell-path.ts'
import { openPersonHome } from '../../support/install/person-home.ts'

const SHELLS = ['/bin/bash', '/usr/bin/zsh', '/usr/bin/fish', '/bin/dash'].filter(existsSync)
const asked = (home: string, variables: Record<string, string>) =>
  terminalPath({ platform: 'linux', userHome: home, variables: { PATH: '/usr/bin:/bin', ...variables } })

it.each(SHELLS)('%s says what its start files make of PATH, however much they talk', async shell => {
  const person = openPersonHome()
  const text = 'echo hello; export PATH="$HOME/mine:$PATH"\n'
  for (const file of ['.bashrc', '.profile', '.zshrc']) person.write(file, text)
  person.write('.config/fish/config.fish', 'echo hello; set -gx PATH $HOME/mine $PATH\n')
  const path = await asked(person.home, { SHELL: shell })
  expect(path?.split(':')).toContain(`${person.home}/mine`)
  expect(path).not.toContain('hello')
})

it('knows nothing of folders of the AppImage that asks', async () => {
  const person = openPersonHome()
  // A shell without start files: those of the system may set PATH anew.
  const shell = person.write('shell', '#!/bin/sh\nshift 3\nexec /bin/sh -c "$1"\n', 0o755)
  const path = '/tmp/.mount_k:/tmp/.mount_k/usr/sbin:/usr/bin:/bin'
  const said = await asked(person.home, { SHELL: shell, PATH: path, APPDIR: '/tmp/.mount_k' })
  expect(said).toBe('/usr/bin:/bin')
})

it.each([{}, { SHELL: 'bash' }, { SHELL: '/nowhere/sh' }, { SHELL: '/bin/false' }])(
  'is not known where no shell says it: %j',
  async variables => {
    expect(await asked(openPersonHome().home, variables as Record<string, string>)).toBe(undefined)
  },
)
