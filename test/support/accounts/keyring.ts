import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

export type Keyring = {
  home: string
  /** The environment of somebody who is logged in there, and nothing of ours. */
  variables: Record<string, string>
  /** What the keyring asks for its password with does nothing, or hangs. */
  lock(): void
  /** Stops a process for good or until the test ends. */
  signal(process: 'bus' | 'keyring', signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void
}

export type KeyringOptions = {
  /** Default: unlocked. `none`: a bus and nobody on it. */
  keyring?: 'unlocked' | 'none'
  /** What shows the question for the password; default: there is none. */
  prompter?: 'hangs'
}

/** A session bus and a real gnome-keyring with a home of their own, for the test that runs. */
export async function openKeyring(options: KeyringOptions = {}): Promise<Keyring> {
  const home = mkdtempSync(join(tmpdir(), 'kosmo-keyring-'))
  const services = join(home, 'services')
  const runtime = join(home, 'runtime')
  for (const folder of [services, runtime]) mkdirSync(folder, { mode: 0o700 })
  if (options.prompter === 'hangs') {
    writeFileSync(
      join(services, 'prompter.service'),
      '[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/sleep 60\n',
    )
  }
  const config = join(home, 'bus.conf')
  // Nothing of this machine is started on it.
  writeFileSync(config, busConfig(home, services))
  const started: ChildProcess[] = []
  const start = (command: string, args: string[], variables: Record<string, string>) => {
    const child = spawn(command, args, { env: variables, stdio: ['pipe', 'pipe', 'ignore'] })
    started.push(child)
    return child
  }
  onTestFinished(async () => {
    for (const child of started.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    rmSync(home, { recursive: true, force: true })
  })
  const bare = { HOME: home, PATH: process.env.PATH ?? '', XDG_RUNTIME_DIR: runtime }
  const bus = start('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], bare)
  const address = String(await once(bus.stdout ?? bus, 'data')).trim()
  const variables = { ...bare, DBUS_SESSION_BUS_ADDRESS: address }
  let keyring: ChildProcess | undefined
  if (options.keyring !== 'none') {
    keyring = start('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--foreground'], variables)
    keyring.stdin?.end('password')
    await until(() =>
      ask(variables, 'org.freedesktop.DBus', 'NameHasOwner', 'string:org.freedesktop.secrets'),
    )
  }
  return {
    home,
    variables,
    lock: () => {
      const collection = 'array:objpath:/org/freedesktop/secrets/collection/login'
      ask(variables, 'org.freedesktop.secrets', 'org.freedesktop.Secret.Service.Lock', collection)
    },
    signal: (name, signal) => void (name === 'bus' ? bus : keyring)?.kill(signal),
  }
}

/** Calls a method of a service; whether it answered with anything but no. */
function ask(variables: Record<string, string>, service: string, method: string, argument: string): boolean {
  const path = `/${service.replaceAll('.', '/')}`
  const name = method.includes('.') ? method : `${service}.${method}`
  const args = ['--session', '--print-reply', `--dest=${service}`, path, name, argument]
  return !String(execFileSync('dbus-send', args, { env: variables })).includes('boolean false')
}

async function until(isSo: () => boolean): Promise<void> {
  // Ended by the test's own time.
  while (!isSo()) await sleep(20)
}

function busConfig(home: string, services: string): string {
  return `<busconfig><type>session</type><listen>unix:tmpdir=${home}</listen><servicedir>${services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`
}
