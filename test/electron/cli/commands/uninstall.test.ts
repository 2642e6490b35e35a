import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { autostartText } from '../../../../shared/desktop/autostart.ts'
import { openPersonHome, type PersonHome } from '../../../support/install/person-home.ts'
import { builtProgram } from '../../../support/mcp/program.ts'
import { openPersonTerminal } from '../../../support/terminal/person-terminal.ts'

const CODEX = '# mine\r\nmodel = "gpt-5"   # fast\r\n\r\n[mcp_servers.other]\r\ncommand = "/bin/true"\r\n'
const CURSOR = '{ "mcpServers": { "mine": { "command": "x" } } }\n'
const AUTOSTART = '.config/autostart/dev.kosmokrator.App.desktop'

/** A person who connected clients, put kosmo on the PATH and has the app start at login. */
function settledPerson(): PersonHome {
  const person = openPersonHome()
  person.write('.codex/config.toml', CODEX)
  person.write('.cursor/mcp.json', CURSOR)
  person.write('.profile', '# mine')
  for (const client of ['codex', 'cursor']) {
    const run = person.kosmo(['mcp:gateway:install', `--client=${client}`])
    expect(run, run.err).toMatchObject({ code: 0 })
  }
  expect(person.kosmo(['shell:install', '--profile'], { SHELL: '/bin/sh' })).toMatchObject({ code: 0 })
  person.write(AUTOSTART, autostartText(['/opt/KosmoKrator/kosmokrator-desktop', '--hidden']))
  person.write('.local/share/kosmokrator/cli/0.1.0-0123abcd/kosmo.cjs', '')
  return person
}

const everythingIsBack = (person: PersonHome) => {
  expect(person.read('.codex/config.toml')).toBe(CODEX)
  expect(person.read('.cursor/mcp.json')).toBe(CURSOR)
  expect(person.read('.profile')).toBe('# mine')
  for (const path of ['.local/bin/kosmo', '.local/bin/kosmokrator', AUTOSTART, '.local/share/kosmokrator']) {
    expect(person.has(path), path).toBe(false)
  }
}

describe('kosmo uninstall', () => {
  it('lists what there is, asks nobody for it with --yes, and gives every file back to the byte', () => {
    const person = settledPerson()
    const settings = person.write('.kosmokrator-desktop/mine.json', 'mine')
    const dry = JSON.parse(person.kosmo(['uninstall', '--dry-run', '--json']).out)
    expect(dry).toMatchObject({
      success: true,
      changed: false,
      kept: { folder: join(person.home, '.kosmokrator-desktop') },
    })
    const items = dry.items.map(({ kind, path, state }: Record<string, string>) => [kind, path, state])
    const inHome = (path: string) => join(person.home, path)
    expect(items).toEqual([
      ['client', inHome('.cursor/mcp.json'), 'goes'],
      ['client', inHome('.codex/config.toml'), 'goes'],
      ['command', inHome('.local/bin/kosmo'), 'goes'],
      ['command', inHome('.local/bin/kosmokrator'), 'goes'],
      ['command', inHome('.profile'), 'goes'],
      ['autostart', inHome(AUTOSTART), 'goes'],
      ['copy', inHome('.local/share/kosmokrator/cli'), 'goes'],
    ])
    expect(person.has(AUTOSTART)).toBe(true)
    const run = person.kosmo(['uninstall', '--yes'])
    expect(run, run.out + run.err).toMatchObject({ code: 0 })
    expect(run.out).toContain('All of it is gone.')
    expect(run.out).toContain('kosmo integrations:configure mattermost --remove')
    everythingIsBack(person)
    expect(existsSync(settings)).toBe(true)
    const again = person.kosmo(['uninstall'])
    expect(again).toMatchObject({ code: 0 })
    expect(again.out).toContain('There is nothing of KosmoKrator outside of its own folder.')
  })

  it('leaves a client alone whose settings are broken, names it, and goes on with the rest', () => {
    const person = settledPerson()
    const broken = `${person.read('.cursor/mcp.json')} nonsense`
    person.write('.cursor/mcp.json', broken)
    const run = person.kosmo(['uninstall', '--yes', '--json'])
    expect(run.code).toBe(1)
    const said = JSON.parse(run.out)
    expect(said).toMatchObject({ success: false, changed: true })
    const stays = said.items.filter(({ outcome }: { outcome: string }) => outcome === 'stays')
    expect(stays).toMatchObject([{ title: 'Cursor', said: expect.stringContaining('cannot be understood') }])
    expect(person.read('.cursor/mcp.json')).toBe(broken)
    person.write('.cursor/mcp.json', CURSOR)
    everythingIsBack(person)
  })

  it('leaves an entry alone that somebody changed, unless told to take it', () => {
    const person = settledPerson()
    const changed = person.read('.codex/config.toml').replace('--write=deny', '--write=ask')
    person.write('.codex/config.toml', changed)
    const run = person.kosmo(['uninstall', '--yes'])
    expect(run.code).toBe(1)
    expect(run.out).toContain('kosmo uninstall --force takes it out')
    expect(person.read('.codex/config.toml')).toBe(changed)
    expect(person.kosmo(['uninstall', '--yes', '--force'])).toMatchObject({ code: 0 })
    everythingIsBack(person)
  })

  it('finds a project’s entry from anywhere, two in one file, and a Codex folder that a variable named', () => {
    const person = openPersonHome()
    person.write('.codex/config.toml', CODEX)
    person.write('work/.codex/config.toml', CODEX)
    mkdirSync(join(person.home, 'work/.git'))
    person.write('other-codex/config.toml', CODEX)
    const install = (more: string[], variables = {}) => {
      const run = person.kosmo(['mcp:gateway:install', ...more], variables)
      expect(run, run.err).toMatchObject({ code: 0 })
    }
    install([])
    install(['--name=second'])
    install([], { CODEX_HOME: join(person.home, 'other-codex') })
    const node = `'${process.execPath}' '${builtProgram()}'`
    const project = person.inShell(['sh', '-c'], `cd work && ${node} mcp:gateway:install --scope=project`)
    expect(project, project.err).toMatchObject({ code: 0 })
    const run = person.kosmo(['uninstall', '--yes'])
    expect(run, run.out + run.err).toMatchObject({ code: 0 })
    for (const file of ['.codex', 'work/.codex', 'other-codex']) {
      expect(person.read(`${file}/config.toml`), file).toBe(CODEX)
    }
  })

  it('says nothing of an entry that its file lost long ago', () => {
    const person = openPersonHome()
    person.write('.codex/config.toml', CODEX)
    person.kosmo(['mcp:gateway:install'])
    rmSync(join(person.home, '.codex'), { recursive: true })
    expect(person.kosmo(['uninstall', '--yes'])).toMatchObject({ code: 0 })
  })

  it('asks nobody where there is nobody to ask', () => {
    const person = settledPerson()
    const run = person.kosmo(['uninstall'])
    expect(run).toMatchObject({ code: 4 })
    expect(run.err).toContain('or with --yes')
    expect(person.kosmo(['uninstall', '--json'])).toMatchObject({ code: 2 })
    expect(person.has('.local/bin/kosmo')).toBe(true)
    expect(person.read('.codex/config.toml')).not.toBe(CODEX)
  })

  it('asks once at a terminal, and does nothing without a yes', async () => {
    const person = settledPerson()
    const no = openPersonTerminal(['uninstall'], { HOME: person.home }, person.home)
    await no.shows('Undo all of this?')
    await no.type('n\r', 'Nothing was changed.')
    expect(await no.ended()).toBe(6)
    expect(person.has('.local/bin/kosmo')).toBe(true)
    const yes = openPersonTerminal(['uninstall'], { HOME: person.home }, person.home)
    await yes.shows('Undo all of this?')
    await yes.type('y\r', 'All of it is gone.')
    expect(await yes.ended()).toBe(0)
    everythingIsBack(person)
  })
})
