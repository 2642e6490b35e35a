import type { PathSystem } from '../../shared/clients/client-paths.ts'
import type { OfferedIntegration } from '../../shared/clients/offer.ts'

/** Everything outside that connecting clients depends on. */
export type ClientSystem = PathSystem & {
  /** Our folder. */
  kosmoHome: string
  /** Folders besides those on the PATH in which programs are looked for: an app has the PATH of its dock. */
  programFolders: readonly string[]
  /** The folder that a project is looked for in. */
  cwd: string
  /** Undefined on Windows. */
  uid: number | undefined
  /** Milliseconds since 1970. */
  now(): number
  /** What clients are told to start: absolute paths of a Node and of our program. */
  program: { node: string; script: string }
  /** What that program offers. */
  offered: readonly OfferedIntegration[]
  /** How long a person may take to answer, where they set it, in seconds. */
  waitSeconds: number | undefined
}
