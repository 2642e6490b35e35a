import { copiesFolder } from '../install/cli-copies.ts'
import { copyCli } from '../install/copy-cli.ts'
import { isAlive } from '../is-alive.ts'
import type { CliRuntime } from './cli-runtime.ts'

export type ExportOptions = {
  /** What this app itself runs. */
  runtime: CliRuntime
  /** The file of the AppImage that this is, where it is one. */
  appImage: string | undefined
  userHome: string
  variables: Readonly<Record<string, string | undefined>>
  version: string
}

/** The runtime under the paths that others are told of. @throws KosmoError `not_configured` */
export type ExportedRuntime = () => Promise<CliRuntime>

/** The same as what we run, but for an AppImage, whose paths are others at each start: it is copied, once. */
export function exportedRuntime({
  runtime,
  appImage,
  userHome,
  variables,
  version,
}: ExportOptions): ExportedRuntime {
  if (appImage === undefined) return async () => runtime
  const copy = async (): Promise<CliRuntime> => {
    const folder = await copyCli({
      source: runtime.folder,
      folder: copiesFolder(userHome, variables),
      version,
      isAlive,
    })
    return { node: runtime.node.replace(runtime.folder, folder), folder }
  }
  let copied: Promise<CliRuntime> | undefined
  return () => {
    copied ??= copy().catch(error => {
      // A disk that was full may have room the next time.
      copied = undefined
      throw error
    })
    return copied
  }
}
