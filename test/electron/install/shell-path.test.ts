import { existsSync, readFileSync } from 'node:fs'
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

it.skipIf(process.platform !== 'linux')(
  'leaves nothing behind of a shell whose start files never end',
  async () => {
    const person = openPersonHome()
    const text = '#!/bin/sh\nsleep 600 &\necho $! >"$HOME/pid.new" && mv "$HOME/pid.new" "$HOME/pid"\nwait\n'
    const shell = person.write('shell', text, 0o755)
    const system = { platform: 'linux', userHome: person.home, variables: { SHELL: shell } } as const
    const asking = terminalPath(system, 1_000)
    await expect.poll(() => person.has('pid')).toBe(true)
    const sleeper = Number(person.read('pid'))
    expect(isRunning(sleeper)).toBe(true)
    expect(await asking).toBe(undefined)
    await expect.poll(() => isRunning(sleeper)).toBe(false)
  },
)

/** A zombie has ended: whoever is to take its leave may be slow. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
