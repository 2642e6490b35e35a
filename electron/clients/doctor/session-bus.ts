import { keychainEnvironment } from '../../broker/accounts/keychain-environment.ts'
import { runProgram } from '../run-program.ts'

export type BusAnswer = 'yes' | 'no' | 'no-bus' | 'no-tool'

const WITHIN_MS = 5_000
const BUS = 'org.freedesktop.DBus'
const PATH = '/org/freedesktop/DBus'

/** What comes with a desktop and can ask its bus; the first that is there is used. */
const TOOLS: [command: string, args: (name: string) => string[]][] = [
  [
    'dbus-send',
    name => ['--session', '--print-reply', `--dest=${BUS}`, PATH, `${BUS}.NameHasOwner`, `string:${name}`],
  ],
  [
    'gdbus',
    name => [
      'call',
      '--session',
      '--dest',
      BUS,
      '--object-path',
      PATH,
      '--method',
      `${BUS}.NameHasOwner`,
      name,
    ],
  ],
  ['busctl', name => ['--user', 'call', BUS, PATH, BUS, 'NameHasOwner', 's', name]],
]

/** Whether somebody has a name on the bus of the person's session. */
export async function hasOwner(
  name: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<BusAnswer> {
  const env = keychainEnvironment(variables, process.getuid?.())
  if (env.DBUS_SESSION_BUS_ADDRESS === undefined) return 'no-bus'
  for (const [command, args] of TOOLS) {
    const run = await runProgram({ command, args: args(name), env, withinMs: WITHIN_MS })
    if (run.kind === 'failed') continue
    if (run.code !== 0) return 'no-bus'
    return /\btrue\b/.test(run.stdout) ? 'yes' : 'no'
  }
  return 'no-tool'
}
