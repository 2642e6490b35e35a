import type { Handlers } from '../../../shared/protocol/method-table.ts'
import type { updateMethods } from '../../../shared/protocol/update-methods.ts'
import type { Updates } from './updates.ts'

/** What the settings window asks about newer versions. */
export function updateHandlers(updates: Updates): Handlers<typeof updateMethods> {
  return {
    updates: () => updates.view,
    setDailyLook({ on }) {
      updates.setDaily(on)
      return updates.view
    },
    async lookForUpdates() {
      await updates.look()
      return updates.view
    },
    downloadUpdate() {
      void updates.download()
      return updates.view
    },
    installUpdate({ when }) {
      updates.install(when)
      return updates.view
    },
  }
}
