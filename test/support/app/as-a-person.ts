import { until } from '../broker/until.ts'
import type { SentNotification } from '../desktop/notification-service.ts'
import type { DesktopApp } from './desktop-app.ts'

/** Longer than the grace in which a press is taken for one that was meant for something else. */
const AS_LONG_AS_A_LOOK_MS = 400

/** Waits until the app knows that its notification is shown: what is pressed before has no one to hear it. */
export async function untilRung({ control }: DesktopApp, { id }: SentNotification): Promise<void> {
  await until('the app knows that it is shown', async () => {
    const all = await control.notifications()
    return all.some(({ number, state }) => number === id && state === 'shown')
  })
}

/** Waits as long as a person takes before they press a notification's button. */
export async function asAPerson(app: DesktopApp, bell: SentNotification): Promise<void> {
  await untilRung(app, bell)
  await new Promise(resolve => setTimeout(resolve, AS_LONG_AS_A_LOOK_MS))
}
