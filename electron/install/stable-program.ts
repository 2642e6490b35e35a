import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Program } from '../../shared/install/shim.ts'
import { stableNode } from '../clients/stable-node.ts'
import { CURRENT, isCopyName } from './cli-copies.ts'
import { realPath } from './real-path.ts'

/** Paths of the running program that outlast its next upgrade, where there are such. */
export function stableProgram({ node, script }: Program): Program {
  const folder = dirname(script)
  const current = join(dirname(folder), CURRENT)
  if (isCopyName(basename(folder)) && dirname(realPath(node)) === realPath(folder)) {
    const stable = { node: join(current, basename(node)), script: join(current, basename(script)) }
    if (existsSync(stable.node) && existsSync(stable.script)) return stable
  }
  return { node: stableNode(node), script }
}
