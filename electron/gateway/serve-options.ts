import type { WritePolicy } from '../../shared/policy/write-policy.ts'

/** What `kosmo mcp:serve` was started with. */
export type ServeOptions = {
  /** Ids of known integrations, each once. */
  integrations: string[]
  write: WritePolicy
  account: string
  maxResultCharacters: number
  /** The name that the server gives itself. */
  name: string
}
