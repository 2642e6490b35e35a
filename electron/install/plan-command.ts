import { existsSync } from 'node:fs'
import { versionManagerOf } from '../../shared/clients/version-manager.ts'
import { withBlock, withoutBlock } from '../../shared/install/marked-block.ts'
import type { FileChange, OutsidePlan } from '../../shared/install/outside-plan.ts'
import {
  allStartFiles,
  isPathLine,
  type StartFile,
  shellOf,
  startFiles,
} from '../../shared/install/start-files.ts'
import { withFolder, withoutFolder } from '../../shared/install/user-path.ts'
import { readOther } from '../clients/other-file.ts'
import { binFolder, binFolders, isOnPath } from './bin-folder.ts'
import { type FoundCommand, findCommands } from './find-command.ts'
import type { InstallSystem } from './install-system.ts'
import { shimFiles, shimIn } from './shim-files.ts'

/** What would be written so that a terminal finds `kosmo`. @param profile also into the shell's start files */
export async function planCommand(system: InstallSystem, profile: boolean): Promise<OutsidePlan> {
  const [first, ...others] = findCommands(system)
  const folder = binFolder(system)
  const files = shimFiles(folder, system)
  if (first?.starts === 'this' && !files.some(({ path }) => path === first.path)) {
    return nothing(`${first.path} is on your PATH and starts this program already.`)
  }
  const foreign = files.find(({ kind }) => kind === 'foreign')
  if (foreign !== undefined) {
    return refused(
      `${foreign.path} is there and KosmoKrator did not write it. Move it away first; nothing was changed.`,
    )
  }
  const after = shimIn(folder, system)
  if (after === undefined) {
    return refused(
      `The path of KosmoKrator (${system.program.script}) has letters that a command file of Windows cannot hold. Put its folder on your PATH instead.`,
    )
  }
  const changes = files.flatMap((file): FileChange[] => {
    const before = file.kind === 'ours' ? file.text : undefined
    return before === after ? [] : [{ title: 'Command', path: file.path, before, after, mode: 0o755 }]
  })
  const isFound = isOnPath(folder, system)
  const starts = isFound || system.platform === 'win32' ? [] : startFilesFor(folder, system)
  for (const { path, line } of profile ? starts : []) {
    const change = addedTo(path, line, system)
    if (typeof change === 'string') return refused(change)
    if (change !== undefined) changes.push(change)
  }
  const userPath = await extended(folder, system)
  const hints = [
    ...managed(system),
    ...(isFound || system.platform === 'win32' ? [] : [hint(folder, starts, profile)]),
    ...shadows(first, others, folder, isFound),
  ]
  if (changes.length === 0 && userPath === undefined) {
    return nothing(`${files[0]?.path ?? folder} is there already and starts this program.`, hints)
  }
  const opened =
    system.platform === 'win32' ? ['Open a new terminal: those that are open do not know of it.'] : []
  return { kind: 'plan', changes, userPath, notes: [...hints, ...opened] }
}

/** What would go so that nothing of ours is on the PATH: starts, lines in start files, a place in the PATH of Windows. */
export async function planNoCommand(system: InstallSystem): Promise<OutsidePlan> {
  const changes: FileChange[] = []
  const notes: string[] = []
  for (const folder of binFolders(system)) {
    for (const file of shimFiles(folder, system)) {
      if (file.kind !== 'ours') continue
      changes.push({ title: 'Command', path: file.path, before: file.text, after: undefined, mode: 0o755 })
    }
  }
  for (const path of system.platform === 'win32' ? [] : allStartFiles(system)) {
    const change = takenOutOf(path, system)
    if (typeof change === 'string') notes.push(change)
    else if (change !== undefined) changes.push(change)
  }
  const userPath = await shortened(system)
  if (changes.length > 0 || userPath !== undefined) return { kind: 'plan', changes, userPath, notes }
  const [left] = findCommands(system)
  return nothing(
    left === undefined || left.starts === 'other'
      ? 'There is nothing of KosmoKrator on your PATH.'
      : `KosmoKrator wrote nothing there: ${left.path} came with a package, and goes with it.`,
    notes,
  )
}

function startFilesFor(folder: string, system: InstallSystem): StartFile[] {
  const shell = shellOf(system)
  // No PATH can hold these.
  if (/[:\n]/.test(folder)) return []
  return shell === undefined ? [] : startFiles(shell, folder, system, existsSync)
}

/** The change of a start file; a sentence where it cannot be made. */
function addedTo(path: string, line: string, { uid }: InstallSystem): FileChange | string | undefined {
  const file = readOther(path, { uid })
  if (file.kind === 'refused') return `${file.why} Put this line in yourself: ${line}`
  const before = file.kind === 'text' ? file.text : undefined
  const block = withBlock(before, line)
  switch (block.kind) {
    case 'same':
      return undefined
    case 'changed':
      return `Somebody changed what KosmoKrator wrote into ${path}. Take it out there, or leave --profile out; nothing was changed.`
    case 'text':
      return { title: 'Start file of your shell', path, before, after: block.text, mode: 0o644 }
  }
}

function takenOutOf(path: string, { uid }: InstallSystem): FileChange | string | undefined {
  const file = readOther(path, { uid })
  if (file.kind !== 'text') return undefined
  const left = withoutBlock(file.text, isPathLine)
  switch (left.kind) {
    case 'absent':
      return undefined
    case 'changed':
      return `Somebody changed what KosmoKrator wrote into ${path}, so it was left alone: take the lines between its marks out there.`
    case 'text':
      return {
        title: 'Start file of your shell',
        path,
        before: file.text,
        after: left.text,
        mode: 0o644,
      }
  }
}

async function extended(folder: string, { userPath, variables }: InstallSystem) {
  if (userPath === undefined) return undefined
  const before = await userPath.read()
  const after = withFolder(before, folder, variables)
  return after === before ? undefined : { before, after }
}

async function shortened(system: InstallSystem) {
  const { userPath, variables } = system
  if (userPath === undefined) return undefined
  const before = await userPath.read()
  const after = binFolders(system).reduce((value, folder) => withoutFolder(value, folder, variables), before)
  return after === before ? undefined : { before, after }
}

function hint(folder: string, starts: readonly StartFile[], profile: boolean): string {
  const [first] = starts
  if (first === undefined) {
    return `${folder} is not on your PATH, and your shell is none that KosmoKrator knows (SHELL). Add it where your shell sets its PATH.`
  }
  const files = starts.map(({ path }) => path).join(' and ')
  if (profile) return `Open a new terminal: ${files} tells it of ${folder}.`
  return `${folder} is not on your PATH. kosmo shell:install --profile puts this line into ${files}, or do it yourself: ${first.line}`
}

function shadows(
  first: FoundCommand | undefined,
  others: readonly FoundCommand[],
  folder: string,
  isFound: boolean,
): string[] {
  const before = [first, ...others].find(each => each !== undefined && each.starts !== 'this')
  if (before === undefined || before.path.startsWith(folder)) return []
  const isFirst = before.path === first?.path && isFound
  if (!isFirst) return []
  const what = before.starts === 'ours' ? 'starts another KosmoKrator' : 'is another program'
  return [
    `${before.path} ${what} and is found before ${folder}. Remove it, or put ${folder} before it on your PATH.`,
  ]
}

function managed({ program }: InstallSystem): string[] {
  const manager = versionManagerOf(program.node) ?? versionManagerOf(program.script)
  return manager === undefined
    ? []
    : [
        `It starts a program that ${manager} put there (${program.node}); after an upgrade run kosmo shell:install again.`,
      ]
}

function nothing(said: string, notes: string[] = []): OutsidePlan {
  return { kind: 'nothing', said, notes }
}

function refused(why: string): OutsidePlan {
  return { kind: 'refused', why }
}
