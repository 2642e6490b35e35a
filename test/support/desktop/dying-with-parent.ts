import { existsSync } from 'node:fs'

const SETPRIV = '/usr/bin/setpriv'

/** A command line whose process is killed when ours ends, whatever ends it; elsewhere than on Linux the plain one. */
export function dyingWithParent(
  command: string,
  args: readonly string[],
): [command: string, ...args: string[]] {
  if (!existsSync(SETPRIV)) return [command, ...args]
  return [SETPRIV, '--pdeathsig=KILL', command, ...args]
}
