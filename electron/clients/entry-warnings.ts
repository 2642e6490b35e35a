import { existsSync } from 'node:fs'
import type { ClientFacts } from '../../shared/clients/client-facts.ts'
import type { Receipt } from '../../shared/clients/receipt.ts'
import { versionManagerOf } from '../../shared/clients/version-manager.ts'
import { passingPlace } from '../../shared/install/passing-path.ts'
import { WRITE_POLICIES, type WritePolicy } from '../../shared/policy/write-policy.ts'
import type { ClientSystem } from './client-system.ts'
import { isRecord } from './compare-values.ts'

/** What a person should know of what their client will start. */
export function programWarnings(facts: ClientFacts, { program }: ClientSystem): string[] {
  const { node, script } = program
  const manager = versionManagerOf(node) ?? versionManagerOf(script)
  const warnings: string[] = []
  if (manager !== undefined) {
    warnings.push(
      `${facts.name} will start a program that ${manager} put there (${node}); once ${manager} removes that version, it cannot. Install anew after an upgrade; kosmo doctor tells.`,
    )
  }
  const passing = passingPlace(script)
  if (passing !== undefined) {
    warnings.push(`${facts.name} will start a program (${script}) in ${passing.where}. ${passing.todo}`)
  }
  for (const path of [node, script]) {
    if (!existsSync(path)) warnings.push(`${path} is not there, so ${facts.name} cannot start it.`)
    else if (facts.expandsDollars && path.includes('$')) {
      warnings.push(`${facts.name} takes "$" in ${path} for a variable. Move it to a path without one.`)
    }
  }
  return warnings
}

/** Names what Codex goes on allowing by itself where the policy gets stricter. */
export function keptWarnings(
  kept: Readonly<Record<string, unknown>>,
  write: WritePolicy,
  receipt: Receipt | undefined,
): string[] {
  const approved = Object.keys(kept).filter(
    tool => isRecord(kept[tool]) && kept[tool].approval_mode === 'approve',
  )
  if (approved.length === 0) return []
  const isStricter =
    receipt !== undefined && WRITE_POLICIES.indexOf(write) < WRITE_POLICIES.indexOf(receipt.write)
  const names = approved.join(', ')
  const what = `Codex keeps “always allow” for ${names}.`
  return [
    isStricter ? `${what} Under --write=${write} KosmoKrator decides on its writes all the same.` : what,
  ]
}
