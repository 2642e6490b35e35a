import { WRITE_POLICIES, type WritePolicy } from '../policy/write-policy.ts'
import { MIN_RESULT_CHARACTERS } from '../results/limits.ts'
import { at, isMapping, type Mapping } from './mapping.ts'

/** What a profile of a configuration file says about `kosmo mcp:serve`; what it leaves out is undefined. */
export type Profile = {
  integrations: string[] | undefined
  write: WritePolicy | undefined
  maxResultCharacters: number | undefined
  /** Sentences about keys that do nothing here. */
  warnings: string[]
}

export type FoundProfile =
  | { kind: 'profile'; profile: Profile }
  | { kind: 'missing' }
  /** `why` is a phrase that names the key. */
  | { kind: 'broken'; why: string }

/** Where the original keeps its profiles, now and before. */
const PLACES = [
  ['kosmo', 'mcp_gateway', 'profiles'],
  ['mcp_gateway', 'profiles'],
  ['kosmo', 'mcp_proxy', 'profiles'],
  ['mcp_proxy', 'profiles'],
]

const UPSTREAMS = ['upstream_mcp', 'upstreams', 'mcp']

/** The names of the profiles in a configuration file. */
export function profileNames(config: unknown): string[] {
  return [...new Set(profilesOf(config).flatMap(profiles => Object.keys(profiles)))]
}

/** The profile of a name in a configuration file. */
export function findProfile(config: unknown, name: string): FoundProfile {
  const found = profilesOf(config).find(profiles => Object.hasOwn(profiles, name))
  if (found === undefined) return { kind: 'missing' }
  const value = found[name]
  if (!isMapping(value)) return { kind: 'broken', why: `the profile "${name}" is no mapping` }
  return readProfile(value)
}

function profilesOf(config: unknown): Mapping[] {
  return PLACES.map(place => at(config, place)).filter(isMapping)
}

function readProfile(value: Mapping): FoundProfile {
  const included = at(value, ['integrations', 'include']) ?? at(value, ['integrations'])
  const integrations = included === undefined ? undefined : namesIn(included)
  if (included !== undefined && integrations === undefined)
    return broken('integrations.include takes a list of names')
  const word = at(value, ['write_policy'])
  const write = WRITE_POLICIES.find(policy => policy === word)
  if (word !== undefined && write === undefined) return broken('write_policy takes deny, ask or allow')
  const most = at(value, ['max_result_chars'])
  const isCount = typeof most === 'number' && Number.isSafeInteger(most) && most >= MIN_RESULT_CHARACTERS
  if (most !== undefined && !isCount) {
    return broken(`max_result_chars takes a whole number of at least ${MIN_RESULT_CHARACTERS}`)
  }
  const warnings = []
  if (at(value, ['force']) === true) {
    warnings.push('"force" in the profile lifts nothing: deny stays deny, and ask asks')
  }
  if (UPSTREAMS.some(key => at(value, [key]) !== undefined)) {
    warnings.push(
      'the profile names other MCP servers, which are not served here: give them to the client itself',
    )
  }
  return {
    kind: 'profile',
    profile: { integrations, write, maxResultCharacters: isCount ? most : undefined, warnings },
  }
}

/** The names of a list, or of a text with commas. */
function namesIn(value: unknown): string[] | undefined {
  const list = typeof value === 'string' ? value.split(',') : value
  if (!Array.isArray(list) || !list.every(name => typeof name === 'string')) return undefined
  return list.map(name => name.trim()).filter(name => name !== '')
}

function broken(why: string): FoundProfile {
  return { kind: 'broken', why }
}
