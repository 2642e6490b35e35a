import { existsSync } from 'node:fs'
import type { CommandState } from '../../shared/install/outside-plan.ts'
import { programOfShim } from '../../shared/install/shim.ts'
import { binFolders } from './bin-folder.ts'
import { findCommands } from './find-command.ts'
import { type InstallSystem, pathRules } from './install-system.ts'
import { shimFiles } from './shim-files.ts'

/** How `kosmo` stands on the person's PATH. Reads files and starts nothing. */
export function commandState(system: InstallSystem): CommandState {
  const files = binFolders(system).flatMap(folder => shimFiles(folder, system))
  const own = files.find(file => file.kind === 'ours')
  const program = own && programOfShim(own.text)
  const missing = program && [program.node, program.script].find(path => !existsSync(path))
  if (own !== undefined && missing !== undefined) {
    return {
      kind: 'gone',
      path: own.path,
      said: `${own.path} starts ${missing}, which is not there any more.`,
    }
  }
  const [first] = findCommands(system)
  if (first === undefined) {
    if (own === undefined) {
      return { kind: 'absent', path: undefined, said: 'A terminal does not find kosmo here.' }
    }
    const folder = pathRules(system).dirname(own.path)
    return {
      kind: 'off-path',
      path: own.path,
      said: `${own.path} is there, but ${folder} is not on your PATH.`,
    }
  }
  const { path, starts } = first
  switch (starts) {
    case 'this':
      return { kind: 'ready', path, said: `${path} starts this program.` }
    case 'ours':
      return { kind: 'shadowed', path, said: `${path} starts another KosmoKrator than this one.` }
    case 'other':
      return { kind: 'shadowed', path, said: `${path} is another program, and is found first.` }
  }
}
