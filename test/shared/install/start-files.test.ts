import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { allStartFiles, isPathLine, shellOf, startFiles } from '../../../shared/install/start-files.ts'

const system = (variables: Record<string, string> = {}) => ({
  platform: 'linux',
  userHome: '/home/ada',
  variables,
})
const files = (shell: 'sh' | 'bash' | 'zsh' | 'fish', there: string[] = [], variables = {}) =>
  startFiles(shell, '/home/ada/.local/bin', system(variables), path => there.includes(path)).map(
    ({ path }) => path,
  )

it('every shell has its files, and bash the one that it reads at login besides', () => {
  expect(files('sh')).toEqual(['/home/ada/.profile'])
  expect(files('bash')).toEqual(['/home/ada/.bashrc', '/home/ada/.profile'])
  // With it there, bash reads no .profile.
  expect(files('bash', ['/home/ada/.bash_profile', '/home/ada/.profile'])).toEqual([
    '/home/ada/.bashrc',
    '/home/ada/.bash_profile',
  ])
  expect(files('zsh', [], { ZDOTDIR: '/home/ada/.zsh/' })).toEqual(['/home/ada/.zsh/.zshrc'])
  expect(files('fish', [], { XDG_CONFIG_HOME: '/cfg' })).toEqual(['/cfg/fish/conf.d/kosmokrator.fish'])
})

it.each([
  ['/bin/dash', 'sh'],
  ['/usr/bin/zsh', 'zsh'],
  ['fish', 'fish'],
  ['/usr/bin/nu', undefined],
  ['', undefined],
])('SHELL=%s is %s', (variable, shell) => {
  expect(shellOf(system({ SHELL: variable }))).toBe(shell)
})

it('a line that is written is known again in each shell, with any folder, and looked for in each file', () => {
  const shells = fc.constantFrom('sh', 'bash', 'zsh', 'fish')
  const folder = fc.string({ unit: 'binary' }).map(text => `/${text.replace(/[\n\0]/g, '')}`)
  fc.assert(
    fc.property(shells, folder, (shell, path) => {
      for (const { line, path: file } of startFiles(shell as 'sh', path, system(), () => false)) {
        expect(isPathLine(line), line).toBe(true)
        expect(isPathLine(`${line} # mine`)).toBe(false)
        expect(allStartFiles(system())).toContain(file)
      }
    }),
  )
  expect(isPathLine('export PATH="$HOME/bin:$PATH"')).toBe(false)
})
