import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../../../package.json'
import { openPersonHome, SYSTEM_PATH } from '../../../support/install/person-home.ts'
import { builtProgram } from '../../../support/mcp/program.ts'

const hasShell = (name: string) => ['/usr/bin', '/bin'].some(folder => existsSync(join(folder, name)))

/** Shells, how a new terminal starts them, and the start files that people have. */
const SHELLS = [
  { shell: 'sh', starts: [['sh', '-lc']], files: ['.profile'] },
  {
    shell: 'bash',
    starts: [
      ['bash', '-lc'],
      ['bash', '-ic'],
    ],
    files: ['.bashrc', '.profile'],
  },
  {
    shell: 'zsh',
    starts: [
      ['zsh', '-ic'],
      ['zsh', '-lic'],
    ],
    files: ['.zshrc'],
  },
  {
    shell: 'fish',
    starts: [
      ['fish', '-c'],
      ['fish', '-lc'],
    ],
    files: ['.config/fish/conf.d/kosmokrator.fish'],
  },
]

describe.each(SHELLS)('kosmo shell:install for $shell', ({ shell, starts, files }) => {
  it.skipIf(!hasShell(shell))('has a new terminal find kosmo, and leaves nothing behind when it goes', () => {
    const person = openPersonHome('ada o’ $HOME `x`')
    const variables = { SHELL: `/usr/bin/${shell}` }
    const before = Object.fromEntries(
      files.filter((_, at) => at === 0 && shell !== 'fish').map(file => [file, `# mine\nexport MINE='é'`]),
    )
    for (const [path, text] of Object.entries(before)) person.write(path, text, 0o600)
    const installed = person.kosmo(['shell:install', '--profile'], variables)
    expect(installed, installed.err).toMatchObject({ code: 0 })
    expect(installed.out).toContain(`${join(person.home, '.local/bin/kosmo')} (new)`)
    for (const start of starts) {
      const run = person.inShell(start, 'kosmo --version && kosmokrator --version')
      expect(run, start.join(' ')).toMatchObject({ code: 0, out: `${version}\n${version}\n` })
    }
    for (const [path] of Object.entries(before))
      expect(statSync(join(person.home, path)).mode & 0o777).toBe(0o600)
    // Once more: all is as it should be, for a terminal that has it as for one that has not.
    const again = person.kosmo(['shell:install', '--profile', '--json'], variables)
    expect(JSON.parse(again.out)).toMatchObject({ success: true, changed: false })
    expect(person.kosmo(['shell:uninstall'], variables)).toMatchObject({ code: 0 })
    for (const file of files) {
      expect(person.has(file), file).toBe(Object.hasOwn(before, file))
      if (Object.hasOwn(before, file)) expect(person.read(file)).toBe(before[file])
    }
    expect(person.has('.local/bin/kosmo')).toBe(false)
    expect(person.inShell(starts[0] ?? [], 'kosmo --version').code).not.toBe(0)
    expect(person.kosmo(['shell:uninstall'], variables).out).toContain('nothing of KosmoKrator on your PATH')
  })
})

describe('kosmo shell:install', () => {
  it('takes the folder that is on the PATH already, and needs no start file then', () => {
    const person = openPersonHome()
    person.write('bin/mine', '#!/bin/sh\n', 0o755)
    const path = `${person.home}/bin:${SYSTEM_PATH}`
    const { out, code } = person.kosmo(['shell:install', '--profile'], { PATH: path, SHELL: '/bin/bash' })
    expect(code).toBe(0)
    expect(out).not.toContain('.bashrc')
    expect(person.has('bin/kosmo')).toBe(true)
    expect(person.has('.bashrc')).toBe(false)
    expect(person.inShell(['sh', '-c'], `PATH='${path}'; kosmo --version`).out).toBe(`${version}\n`)
  })

  it('says which line is needed where the folder is on no PATH, and writes it only if asked', () => {
    const person = openPersonHome()
    const { out } = person.kosmo(['shell:install'], { SHELL: '/bin/zsh' })
    expect(out).toContain(`${person.home}/.local/bin is not on your PATH.`)
    expect(out).toContain('kosmo shell:install --profile')
    expect(out).toContain('export PATH="$HOME/.local/bin:$PATH"')
    expect(person.has('.zshrc')).toBe(false)
    const unknown = person.kosmo(['shell:install'], { SHELL: '/usr/bin/nu' })
    expect(unknown.out).toContain('your shell is none that KosmoKrator knows')
  })

  it('shows and writes nothing with --dry-run', () => {
    const person = openPersonHome()
    const { out, code } = person.kosmo(['shell:install', '--profile', '--dry-run', '--json'], {
      SHELL: '/bin/sh',
    })
    expect(code).toBe(0)
    const said = JSON.parse(out)
    expect(said).toMatchObject({ success: true, changed: false, dry_run: true })
    expect(said.files.map((file: { path: string }) => file.path)).toEqual(
      ['.local/bin/kosmo', '.local/bin/kosmokrator', '.profile'].map(name => join(person.home, name)),
    )
    expect(person.has('.local')).toBe(false)
  })

  it.each(['kosmo', 'kosmokrator'])('never writes over a %s that is somebody else’s', name => {
    const person = openPersonHome()
    const mine = person.write(`.local/bin/${name}`, '#!/bin/sh\necho mine\n', 0o755)
    const run = person.kosmo(['shell:install', '--profile'], { SHELL: '/bin/sh' })
    expect(run).toMatchObject({ code: 1, out: '' })
    expect(run.err).toBe(
      `kosmo: ${mine} is there and KosmoKrator did not write it. Move it away first; nothing was changed.\n`,
    )
    expect(readFileSync(mine, 'utf8')).toBe('#!/bin/sh\necho mine\n')
    expect(person.has(`.local/bin/${name === 'kosmo' ? 'kosmokrator' : 'kosmo'}`)).toBe(false)
    expect(person.has('.profile')).toBe(false)
    // Neither is it taken away.
    person.kosmo(['shell:uninstall'])
    expect(readFileSync(mine, 'utf8')).toBe('#!/bin/sh\necho mine\n')
  })

  it('writes its own anew where the program is another one, and through no link', () => {
    const person = openPersonHome()
    person.kosmo(['shell:install'])
    const shim = person.read('.local/bin/kosmo')
    person.write('.local/bin/kosmo', shim.replace(builtProgram(), '/gone/kosmo.cjs'), 0o755)
    const again = person.kosmo(['shell:install'])
    expect(again.out).toContain("- exec '")
    expect(person.read('.local/bin/kosmo')).toBe(shim)
    rmSync(join(person.home, '.local/bin/kosmo'))
    symlinkSync('/bin/true', join(person.home, '.local/bin/kosmo'))
    expect(person.kosmo(['shell:install'])).toMatchObject({ code: 1 })
  })

  it('has nothing to do where a package put it there: a deb, npm', () => {
    const person = openPersonHome()
    const start = `#!/bin/sh\nexec ${process.execPath} ${builtProgram()} "$@"\n`
    person.write('deb/kosmo', start, 0o755)
    const deb = person.kosmo(['shell:install'], { PATH: `${person.home}/deb:${SYSTEM_PATH}` })
    expect(deb).toMatchObject({ code: 0 })
    expect(deb.out).toBe(`${person.home}/deb/kosmo is on your PATH and starts this program already.\n`)
    // npm makes a link, and its target one that can be run.
    const script = person.write('npm/lib/kosmo.cjs', readFileSync(builtProgram()), 0o755)
    for (const name of ['commands', 'config-files']) {
      person.write(`npm/lib/${name}.cjs`, readFileSync(join(dirname(builtProgram()), `${name}.cjs`)))
    }
    symlinkSync(script, join(person.home, 'npm/kosmo'))
    const variables = { PATH: `${person.home}/npm:${SYSTEM_PATH}` }
    const npm = person.kosmo(['shell:install'], variables, [process.execPath, join(person.home, 'npm/kosmo')])
    expect(npm.out).toContain('npm/kosmo is on your PATH and starts this program already.')
    expect(person.has('.local')).toBe(false)
  })

  it('says what is found before it', () => {
    const person = openPersonHome()
    person.write('first/kosmo', '#!/bin/sh\n', 0o755)
    person.write('.local/bin/mine', '')
    const path = `${person.home}/first:${person.home}/.local/bin:${SYSTEM_PATH}`
    const { out } = person.kosmo(['shell:install'], { PATH: path })
    expect(out).toContain(`${person.home}/first/kosmo is another program and is found before`)
  })

  it('leaves a start file alone that it cannot read whole, or where somebody changed its lines', () => {
    const person = openPersonHome()
    const latin = person.write('.profile', Buffer.from('# caf\xe9\n', 'latin1'))
    const refused = person.kosmo(['shell:install', '--profile'], { SHELL: '/bin/sh' })
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.err).toContain(`${latin} is not UTF-8 text. Put this line in yourself: case`)
    expect(person.has('.local')).toBe(false)
    person.write('.profile', '# mine\n')
    person.kosmo(['shell:install', '--profile'], { SHELL: '/bin/sh' })
    const changed = person.read('.profile').replace('export PATH', 'export MANPATH=x PATH')
    person.write('.profile', changed)
    const out = person.kosmo(['shell:uninstall'])
    expect(out.out).toContain('Somebody changed what KosmoKrator wrote into')
    expect(person.read('.profile')).toBe(changed)
    expect(person.has('.local/bin/kosmo')).toBe(false)
  })

  it('goes through the link of a start file that is kept elsewhere', () => {
    const person = openPersonHome()
    const kept = person.write('dotfiles/profile', '# mine\n')
    symlinkSync(kept, join(person.home, '.profile'))
    person.kosmo(['shell:install', '--profile'], { SHELL: '/bin/sh' })
    expect(person.read('dotfiles/profile')).toContain('# >>> KosmoKrator >>>')
    person.kosmo(['shell:uninstall'])
    expect(person.read('dotfiles/profile')).toBe('# mine\n')
    expect(readFileSync(join(person.home, '.profile'), 'utf8')).toBe('# mine\n')
  })
})
