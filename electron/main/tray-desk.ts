import { homedir } from 'node:os'
import { trayMenu } from '../../shared/desktop/tray-menu.ts'
import { trayState } from '../../shared/desktop/tray-state.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import type { LoginItemSetting } from './login-item.ts'
import { throttled } from './throttle.ts'
import type { TrayIcon } from './tray.ts'
import type { Updates } from './updates/updates.ts'

const REDRAWN_EVERY_MS = 150

/** Of the last entries, those that tell of a call or a change: a post has some for what was decided too. */
const LOOKED_AT = 20

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** Keeps the tray as things are. @returns what draws it anew, soon */
export function keepTray(
  tray: TrayIcon,
  surface: SurfaceHandlers,
  loginItem: LoginItemSetting,
  updates: Updates,
): () => void {
  const draw = async () => {
    const [{ ceiling, problems, pending }, approvals, clients, { overrides }] = await Promise.all([
      surface.status({}),
      surface.listApprovals({}),
      surface.clients({}),
      surface.policy({}),
    ])
    const entries = trayMenu({
      ceiling,
      problems,
      approvals,
      waiting: pending,
      clients,
      overrides,
      activity: await recent(surface),
      loginItem: loginItem.read(),
      update: updates.state,
      homeDirectory: homedir(),
      timeOf: iso => CLOCK.format(new Date(iso)),
    })
    tray.update(trayState({ ceiling, waiting: pending, problems }), entries)
  }
  return throttled(REDRAWN_EVERY_MS, () => void draw())
}

async function recent({ activity }: SurfaceHandlers) {
  try {
    const { entries } = await activity({ filter: {}, before: null, limit: LOOKED_AT })
    return entries.filter(({ kind }) => kind !== 'decision')
  } catch {
    // A log that cannot be read is told by `problems` as soon as something is to be written.
    return []
  }
}
