import type { Answer, Approval } from '../../../shared/approvals/approval.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { makeApproval } from '../terminal/approvals.ts'
import { NOW, type OpenedWindow, type useWindows, type WindowLook } from './open-window.ts'
import type { AppHandlers } from './scripted-app.ts'

/** Longer than the grace of keys and clicks, in milliseconds. */
export const AFTER_GRACE = 400

/** A request as it comes up in the window: asked 12 seconds ago, with time left. */
export function windowApproval(
  subject: Partial<WriteSubject> = {},
  changes: Partial<Approval> = {},
): Approval {
  const { asker } = makeApproval()
  return makeApproval(
    {
      asker: { ...asker, client: 'codex-mcp-client', workspace: '/home/ada/src/webapp' },
      askedAt: NOW - 12_000,
      expiresAt: NOW + 229_000,
      ...changes,
    },
    {
      server: 'chat.acme.dev',
      author: '@ada',
      place: '~release-train',
      members: 42,
      audience: 'Release Train, team Engineering, public, 42 members',
      ...subject,
    },
  )
}

export type ApprovalWindow = OpenedWindow<'approval'> & {
  /** What was answered so far. */
  answers(): { id: string; answer: Answer }[]
  /** Other requests wait now. */
  nowWaiting(approvals: Approval[]): Promise<void>
}

/** Opens the approval window on requests, past its grace. What a test is about, it answers itself. */
export async function openApprovals(
  windows: ReturnType<typeof useWindows>,
  approvals: Approval[],
  {
    look = {},
    handlers = {},
    settle = true,
  }: { look?: WindowLook; handlers?: AppHandlers<'approval'>; settle?: boolean } = {},
): Promise<ApprovalWindow> {
  let waiting = approvals
  const opened = await windows.open(
    'approval',
    {
      watchApprovals: () => ({ approvals: waiting, more: 0 }),
      appInfo: () => ({
        version: '0.1.0',
        electron: '45.4.1',
        chrome: '154',
        node: '24',
        platform: 'linux',
        home: '~/.kosmokrator-desktop',
        homeDirectory: '/home/ada',
      }),
      reportShown: () => null,
      answer: ({ id }) => {
        waiting = waiting.filter(approval => approval.id !== id)
        return { kind: 'done' }
      },
      decision: () => ({ kind: 'unknown' }),
      extend: () => NOW + 300_000,
      openLink: () => ({ kind: 'opened' }),
      copyText: () => null,
      hideWindow: () => null,
      ...handlers,
    },
    look,
  )
  if (settle) await opened.runFor(AFTER_GRACE)
  return {
    ...opened,
    answers: () => opened.app.paramsOf('answer'),
    nowWaiting: async next => {
      waiting = next
      await opened.app.emit('approvalsChanged', { approvals: next, more: 0 })
    },
  }
}
