import { app, dialog } from 'electron'
import { assertNever } from '../../shared/assert-never.ts'
import { clientLabel, folderLabel } from '../../shared/desktop/labels.ts'
import { POLICY_NAMES } from '../../shared/desktop/policy-names.ts'
import type { TrayAction } from '../../shared/desktop/tray-menu.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import { askToAllow } from './allow-box.ts'
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
      if (action.policy === 'allow') await allowAll(options)
      else await surface.setCeiling({ policy: action.policy })
      return
    case 'set-override': {
      const { client, workspace, policy } = action
      if (policy === 'allow') await allowClient(options, client, workspace)
      else await surface.setOverride({ client, workspace, policy })
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

/** A slip of the hand in a menu is not to let anybody post unasked, and a yes is not to change nothing. */
async function allowClient(options: TrayActionsOptions, client: string, workspace: string): Promise<void> {
  const { surface, homeDirectory } = options
  const { ceiling, heldBack } = await surface.policy({})
  const answer = await askToAllow({
    message: `Let ${clientLabel(client)} post without asking you?`,
    details: [
      `In ${folderLabel(workspace, homeDirectory)}, in every channel that its account may use, under your name. A post that notifies everybody is always shown to you first. The switch for all writes can stop it at any time.`,
      ...(ceiling === 'allow'
        ? []
        : [
            `For now that switch is at ${POLICY_NAMES[ceiling]} and holds it back, until you set it to Allow too.`,
          ]),
    ],
    held: heldBack ?? [],
  })
  if (answer.kind === 'cancelled') return
  await surface.setOverride({ client, workspace, policy: 'allow' })
  await lift(surface, answer.lift)
}

/** The switch alone lets nothing through where no client may, or an account's own limit holds everybody back. */
async function allowAll({ surface }: TrayActionsOptions): Promise<void> {
  const { overrides, heldBack = [] } = await surface.policy({})
  const isForNobody = !overrides.some(({ policy }) => policy === 'allow')
  if (!isForNobody && heldBack.length === 0) {
    await surface.setCeiling({ policy: 'allow' })
    return
  }
  const answer = await askToAllow({
    message: 'Let clients post where you said Allow?',
    details: [
      isForNobody
        ? 'You have set no client to Allow yet, so each goes on asking you until you do that in its own menu.'
        : 'Clients that you set to Allow post without asking you; all others go on asking.',
      'A post that notifies everybody is always shown to you first.',
    ],
    held: heldBack,
  })
  if (answer.kind === 'cancelled') return
  await surface.setCeiling({ policy: 'allow' })
  await lift(surface, answer.lift)
}

async function lift(surface: SurfaceHandlers, integrations: readonly string[]): Promise<void> {
  for (const integration of integrations) await surface.setPermission({ integration, write: 'allow' })
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
