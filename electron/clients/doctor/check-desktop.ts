import type { Finding } from '../../../shared/clients/finding.ts'
import type { DoctorSystem } from './doctor-system.ts'
import { type BusAnswer, hasOwner } from './session-bus.ts'

const NOTIFICATIONS = 'org.freedesktop.Notifications'
const TRAY = 'org.kde.StatusNotifierWatcher'

/** Whether a Linux desktop shows notifications and has a tray; other systems always do. */
export async function checkDesktop({
  environment: { variables },
  platform,
}: DoctorSystem): Promise<Finding[]> {
  if (platform !== 'linux') return []
  const [notifications, tray] = await Promise.all([
    hasOwner(NOTIFICATIONS, variables),
    hasOwner(TRAY, variables),
  ])
  return [
    finding('notifications', 'Notifications', notifications, {
      yes: 'The desktop shows notifications.',
      no: 'Nothing here shows notifications.',
      todo: 'Start a notification daemon; until then only the window and kosmo approvals watch tell you.',
    }),
    finding('tray', 'Tray', tray, {
      yes: 'The desktop has a place for tray icons.',
      no: 'The desktop has no place for tray icons.',
      todo: 'On GNOME, install the extension AppIndicator; all that the tray does, kosmo does too.',
    }),
  ]
}

function finding(
  id: string,
  title: string,
  answer: BusAnswer,
  words: { yes: string; no: string; todo: string },
): Finding {
  switch (answer) {
    case 'yes':
      return { id, title, state: 'ok', said: words.yes }
    case 'no':
      return { id, title, state: 'warn', said: words.no, todo: words.todo }
    case 'no-bus':
      return { id, title, state: 'skipped', said: 'There is no desktop session here.' }
    case 'no-tool':
      return { id, title, state: 'skipped', said: 'Neither dbus-send nor gdbus nor busctl is here to ask.' }
  }
}
