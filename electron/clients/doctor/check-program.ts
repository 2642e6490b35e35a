import { existsSync } from 'node:fs'
import type { Finding } from '../../../shared/clients/finding.ts'
import { versionManagerOf } from '../../../shared/clients/version-manager.ts'
import { isPassingPath } from '../../../shared/install/passing-path.ts'
import { runProgram } from '../run-program.ts'
import type { DoctorSystem } from './doctor-system.ts'

const LEAST = [20, 19] as const

/** Whether what clients are told to start is there, new enough, and stays. */
export async function checkProgram({ program, variables, version }: DoctorSystem): Promise<Finding[]> {
  const base = { id: 'program', title: 'Program' }
  const { node, script } = program
  if (!existsSync(script)) {
    return [
      {
        ...base,
        state: 'fail',
        said: `${script} is not there.`,
        todo: 'Build or install KosmoKrator again.',
      },
    ]
  }
  const run = await runProgram({ command: node, args: ['--version'], env: variables, withinMs: 15_000 })
  const [, major, minor] = (run.kind === 'ended' && /^v(\d+)\.(\d+)/.exec(run.stdout)) || []
  if (major === undefined) {
    return [{ ...base, state: 'fail', said: `${node} does not run.`, todo: 'Install Node 20.19 or newer.' }]
  }
  const isOld = Number(major) < LEAST[0] || (Number(major) === LEAST[0] && Number(minor) < LEAST[1])
  const said = `KosmoKrator ${version} on Node ${major}.${minor} (${node}).`
  if (isOld) return [{ ...base, state: 'fail', said, todo: 'Install Node 20.19 or newer.' }]
  if (isPassingPath(script)) {
    return [
      {
        ...base,
        state: 'fail',
        said: `${said} It is in an AppImage, where it is only as long as that runs, and could not be copied out of it.`,
        todo: 'See that there is room in ~/.local/share/kosmokrator, and start KosmoKrator again.',
      },
    ]
  }
  const manager = versionManagerOf(node) ?? versionManagerOf(script)
  if (manager === undefined) return [{ ...base, state: 'ok', said }]
  return [
    {
      ...base,
      state: 'warn',
      said: `${said} It belongs to ${manager}, which removes it with that version.`,
      todo: 'After an upgrade run kosmo mcp:gateway:install again, or use a Node of the system.',
    },
  ]
}
