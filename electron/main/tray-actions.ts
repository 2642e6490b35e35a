import { app, dialog } from 'electron'
import { assertNever } from '../../shared/assert-never.ts'
import { clientLabel, folderLabel } from '../../shared/desktop/labels.ts'
import type { TrayAction } from '../../shared/desktop/tray-menu.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import type { AttentionDesk } from './attention-desk.ts'
import type { LoginItemSetting } from './login-item.ts'
import type { SettingsWindow } from './settings-window.ts'
import type { Updates } from './updates/updates.ts'

export type TrayActionsOptions = {
  surface: SurfaceHandlers
  desk: AttentionDesk
  settings: SettingsWindow
  loginItem: LoginItemSetting
  updates: Updates
  homeDirectory: string
  /** Draws the tray anew, whatever came of a choice: it marked itself when it was clicked. */
  redraw(): void
}

/** Does what somebody chose in the tray. */
export function trayActions(options: TrayActionsOptions): (action: TrayAction) => void {
  return action => {
    perform(options, action)
      .catch(error => say(error))
      .finally(options.redraw)
  }
}

async function perform(options: TrayActionsOptions, action: TrayAction): Promise<void> {
  const { surface, desk, settings } = options
  switch (action.kind) {
    case 'set-ceiling':
      await surface.setCeiling({ policy: action.policy })
      return
    case 'set-override': {
      const { client, workspace, policy } = action
      if (policy === 'allow' && !(await mayAllow(client, folderLabel(workspace, options.homeDirectory))))
        return
      await surface.setOverride({ client, workspace, policy })
      return
    }
    case 'show-approvals':
      if (desk.hasWaiting) desk.review(action.id)
      else settings.show()
      return
    case 'show-settings':
      settings.show(action.section)
      return
    case 'set-login-item':
      options.loginItem.set(action.on)
      return
    case 'look-for-updates':
      settings.show('about')
      await options.updates.look()
      return
    case 'quit':
      // Not while its own menu's click is being handled.
      setImmediate(() => app.quit())
      return
    default:
      return assertNever(action)
  }
}

/** A slip of the hand in a menu is not to let anybody post unasked. */
async function mayAllow(client: string, folder: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'KosmoKrator',
    message: `Let ${clientLabel(client)} post without asking you?`,
    detail: `In ${folder}, in every channel that its account may use, under your name. A post that notifies everybody is always shown to you first. The switch for all writes can stop it at any time.`,
    buttons: ['Allow', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

function say(error: unknown): void {
  const detail = error instanceof KosmoError ? error.message : 'KosmoKrator had a fault of its own.'
  void dialog.showMessageBox({
    type: 'warning',
    title: 'KosmoKrator',
    message: 'That could not be changed',
    detail,
    buttons: ['OK'],
    noLink: true,
  })
}
