/** What a person lets a client do with writes, strictest first. */
export const WRITE_POLICIES = ['deny', 'ask', 'allow'] as const

export type WritePolicy = (typeof WRITE_POLICIES)[number]

/** The policy that a word names; undefined for any other word, which is a usage error and never a default. */
export function parseWritePolicy(word: string): WritePolicy | undefined {
  return WRITE_POLICIES.find(policy => policy === word)
}
