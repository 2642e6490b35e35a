import { findProfile, type Profile, profileNames } from '../../../shared/config/profile.ts'
import { strictest } from '../../../shared/policy/effective-policy.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { readYaml } from './read-yaml.ts'

/**
 * What a profile comes to. `defaults` are a person's own words, which flags go before; `caps` are a project's, which
 * nothing goes beyond.
 */
export type ServeProfile = {
  defaults: { integrations?: string[]; write?: WritePolicy; maxResultCharacters?: number }
  caps: { integrations?: string[]; write?: WritePolicy; maxResultCharacters?: number }
  warnings: string[]
}

export type ReadProfile =
  | { kind: 'profile'; profile: ServeProfile }
  | { kind: 'usage-error'; message: string }

/** Finds a profile in a person's files, the first that has it, and in all of the project's. */
export function readServeProfile(
  name: string,
  files: { person: readonly string[]; project: readonly string[] },
): ReadProfile {
  const names: string[] = []
  const found: Record<'person' | 'project', Profile[]> = { person: [], project: [] }
  for (const whose of ['person', 'project'] as const) {
    for (const path of files[whose]) {
      const read = readYaml(path, whose)
      if (read.kind === 'missing') continue
      if (read.kind === 'broken')
        return { kind: 'usage-error', message: `--profile cannot be used: ${read.why}` }
      names.push(...profileNames(read.value))
      const profile = findProfile(read.value, name)
      if (profile.kind === 'broken')
        return { kind: 'usage-error', message: `${cleanLine(path)}: ${profile.why}` }
      if (profile.kind === 'profile') found[whose].push(profile.profile)
    }
  }
  const [own] = found.person
  if (own === undefined && found.project.length === 0)
    return { kind: 'usage-error', message: unknown(name, names) }
  const caps = found.project.map(partsOf).reduce(narrower, {})
  const warnings = [...(own === undefined ? [] : [own]), ...found.project].flatMap(each => each.warnings)
  return {
    kind: 'profile',
    profile: { defaults: own === undefined ? {} : partsOf(own), caps, warnings: [...new Set(warnings)] },
  }
}

type Parts = ServeProfile['caps']

function partsOf({ integrations, write, maxResultCharacters }: Profile): Parts {
  return {
    ...(integrations && { integrations }),
    ...(write && { write }),
    ...(maxResultCharacters !== undefined && { maxResultCharacters }),
  }
}

function narrower(one: Parts, other: Parts): Parts {
  const integrations =
    one.integrations && other.integrations
      ? one.integrations.filter(id => other.integrations?.includes(id))
      : (one.integrations ?? other.integrations)
  const most = [one.maxResultCharacters, other.maxResultCharacters].filter(each => each !== undefined)
  return {
    ...(integrations && { integrations }),
    ...((one.write ?? other.write) && { write: strictest(one.write ?? 'allow', other.write ?? 'allow') }),
    ...(most.length > 0 && { maxResultCharacters: Math.min(...most) }),
  }
}

function unknown(name: string, names: readonly string[]): string {
  const known = [...new Set(names)].map(each => `"${cleanLine(each)}"`)
  const there = known.length === 0 ? 'there are none in config.yaml' : `there are ${known.join(', ')}`
  return `there is no profile "${cleanLine(name).slice(0, 60)}"; ${there}`
}
