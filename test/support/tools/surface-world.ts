import { openAccounts } from '../../../electron/broker/accounts/accounts.ts'
import { surfaceHandlers } from '../../../electron/broker/surfaces/surface-handlers.ts'
import type { Surface } from '../../../shared/protocol/surfaces.ts'
import { makeEnvironment } from './environment.ts'
import { SessionWorld } from './session-world.ts'

/** A broker's state with what surfaces may call on it. The keychain is never asked: accounts go to the file. */
export class SurfaceWorld extends SessionWorld {
  /** What the broker was told, in order. */
  readonly told: string[] = []
  readonly stored = openAccounts(this.home, this.state.settings, {
    helper: { command: '/nowhere/keychain', args: [] },
  })

  surface(kind: Surface = 'settings-window', interactive = true) {
    return surfaceHandlers({
      kind,
      interactive,
      state: this.state,
      accounts: this.stored,
      environment: makeEnvironment(),
      clients: () => [],
      status: () => ({ version: '1', pid: 1, home: this.home, startedAt: 0 }),
      policyChanged: () => void this.told.push('policy'),
      accountChanged: integration => void this.told.push(`account ${integration}`),
      stop: () => void this.told.push('stop'),
      startWatching: () => void this.told.push('watch'),
    })
  }

  /** What people changed, as it stands in the audit. */
  changes(): string[] {
    return this.entries()
      .filter(({ kind }) => kind === 'change')
      .map(({ decision, target, by }) => `${decision} · ${target} · ${by}`)
  }
}
