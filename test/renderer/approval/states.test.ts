import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { type ApprovalWindow, openApprovals, windowApproval } from '../../support/renderer/approval-window.ts'
import { axeFindings } from '../../support/renderer/axe-findings.ts'
import { hostileApproval, longText } from '../../support/renderer/hostile-approval.ts'
import { canOpenWindows, NOW, picture, useWindows } from '../../support/renderer/open-window.ts'

const design = windowApproval({
  text: '@channel **4.12 is out.** The feed lags by ten minutes; the build is `4.12.0+318`.\n\nDashboard: https://grafana.acme.dev/d/release-4-12',
  wideMentions: ['channel'],
  notified: { people: 42, upTo: false },
  root: 'r'.repeat(26),
  replyTo: "@grace: Is 4.12 out yet? I can't see it in the feed and support is…",
})
const plain = windowApproval({ text: 'The build is green again, @grace. Details in ~build-status :tada:' })
const rich = windowApproval({
  text: '## Release notes\n\nHello @grace, see ~release-train and #rollout :rocket:\n\n> quoted\n> twice\n\n1. one\n2. two\n   - nested\n- [x] done\n- [ ] to do\n\n| Service | State |\n|:--|--:|\n| feed | ok |\n| mail | slow |\n\n```ts\nconst a = 1\n```\n\n~~gone~~ _soft_ **loud** and `code`\n\n---\n\nSee [the docs](https://docs.acme.dev/x) or <https://acme.dev>.',
})

function direct() {
  const request = windowApproval({
    text: 'Can you have a look?',
    kind: 'direct',
    place: '@grace',
    channel: '@grace-id',
    members: 2,
    audience: 'a new direct channel with them alone',
  })
  const { team: _, ...subject } = request.subject
  return { ...request, subject }
}

type State = {
  approvals: ReturnType<typeof windowApproval>[]
  reach?: (opened: ApprovalWindow) => Promise<void>
}

const more = [windowApproval({}, { id: 'b' }), windowApproval({}, { id: 'c' })]
const click =
  (name: string) =>
  async ({ page, runFor }: ApprovalWindow) => {
    await page.getByRole('button', { name, exact: true }).click()
    await runFor(400)
  }

const states: Record<string, State> = {
  'notifies everybody': { approvals: [design, ...more] },
  plain: { approvals: [plain] },
  'right to left': {
    approvals: [
      windowApproval({
        text: 'شكرا @grace، الإصدار جاهز\n\nThe same in English.\n\n- אחת\n- two',
        team: 'הנדסה',
        place: '~إصدار',
        author: '@ada',
        kind: 'private',
      }),
    ],
  },
  'a direct message': { approvals: [direct()] },
  'the focus on a tab': {
    approvals: [plain],
    reach: async ({ page }) => {
      await page.getByRole('tab', { name: 'As they will see it' }).focus()
      await page.keyboard.press('ArrowRight')
    },
  },
  'every Markdown': { approvals: [rich] },
  'exact text': {
    approvals: [rich],
    reach: async ({ page }) => page.getByRole('tab', { name: 'Exact text' }).click(),
  },
  hostile: { approvals: [hostileApproval()] },
  long: { approvals: [windowApproval({ text: longText() })] },
  'read first': { approvals: [windowApproval({ text: longText() })], reach: click('Approve and post') },
  remembered: {
    approvals: [plain, ...more],
    reach: async ({ page }) => {
      await page.getByLabel('If I approve').selectOption('always')
    },
  },
  'every channel asked': {
    approvals: [plain],
    reach: async ({ page, runFor }) => {
      await page.getByLabel('If I approve').selectOption('ask everywhere')
      await runFor(400)
    },
  },
  'every channel': {
    approvals: [plain],
    reach: async opened => {
      await opened.page.getByLabel('If I approve').selectOption('ask everywhere')
      await opened.runFor(400)
      await opened.page.getByLabel('For 1 hour').click()
      await click('Choose every channel')(opened)
      await opened.page.getByRole('alertdialog').waitFor({ state: 'detached' })
    },
  },
  'a reason': {
    approvals: [plain],
    reach: async opened => {
      await click('Deny with a reason…')(opened)
      await opened.page.keyboard.type('Not before the release notes are out')
    },
  },
  editing: {
    approvals: [design],
    reach: async opened => {
      await click('Edit')(opened)
      await opened.page
        .getByLabel('The text to be posted')
        .fill('4.12 is out, @grace. token: ghp_0123456789abcdefghijklmnopqrstuvwxyzAB')
    },
  },
  changed: {
    approvals: [design],
    reach: async opened => {
      await click('Edit')(opened)
      await opened.page
        .getByLabel('The text to be posted')
        .fill(
          '**4.12 is out.** The feed lags by an hour; the build is `4.12.0+318`.\n\nDashboard: https://grafana.acme.dev/d/release-4-12\nThanks!',
        )
      await click('Review change')(opened)
    },
  },
  'little time, nobody waits': {
    approvals: [windowApproval({ text: 'Hello' }, { expiresAt: NOW + 43_000, attended: false })],
  },
  gone: {
    approvals: [plain, ...more],
    reach: async opened => {
      opened.app.handlers.decision = () => ({ kind: 'decided', how: 'denied by person (terminal)' })
      await opened.nowWaiting(more)
      await opened.runFor(400)
    },
  },
  'client left': {
    approvals: [plain],
    reach: async opened => {
      opened.app.handlers.decision = () => ({ kind: 'decided', how: 'cancelled, the client gave up or left' })
      await opened.nowWaiting([])
      await opened.runFor(400)
    },
  },
  invalid: {
    approvals: [plain],
    reach: async opened => {
      opened.app.handlers.answer = () => ({
        kind: 'invalid',
        why: 'the text has 17000 characters; this server takes at most 16383.',
      })
      await click('Approve and post')(opened)
    },
  },
  empty: { approvals: [] },
  denied: { approvals: [plain], reach: click('Deny') },
}

describe.skipIf(!canOpenWindows)('every state of the window', () => {
  const windows = useWindows()

  it.each(Object.keys(states))('%s', async name => {
    const { approvals, reach } = states[name] ?? { approvals: [] }
    const opened = await openApprovals(windows, approvals)
    await reach?.(opened)
    await opened.runFor(100)
    await picture(opened, `${name}-light`)
    const light = await axeFindings(opened)
    await opened.page.emulateMedia({ colorScheme: 'dark' })
    await picture(opened, `${name}-dark`)
    const dark = await axeFindings(opened)
    await opened.page.emulateMedia({ colorScheme: 'light' })
    await opened.page.setViewportSize({ width: 480, height: 400 })
    await opened.runFor(400)
    await picture(opened, `${name}-small`)
    const sideways = await opened.page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(sideways).toBe(0)
    expect({ light, dark }).toEqual({ light: [], dark: [] })
  })

  it('in the colours that a system forces', async () => {
    const opened = await openApprovals(windows, [design, ...more], {
      look: { forcedColours: true, colours: 'dark' },
    })
    await picture(opened, 'forced-colours')
    expect(await axeFindings(opened)).toEqual([])
  })

  it('without motion, where that is wished for', async () => {
    const opened = await openApprovals(windows, [plain], {
      look: { reducedMotion: true },
      handlers: { answer: () => new Promise<never>(() => undefined) },
    })
    await click('Approve and post')(opened)
    await picture(opened, 'sending')
    expect(await opened.page.evaluate(() => document.getAnimations().length)).toBe(0)
  })

  it.each(['not opened', 'opening'])('%s', async name => {
    const watchApprovals =
      name === 'opening'
        ? () => new Promise<never>(() => undefined)
        : () => {
            throw new KosmoError('unavailable', 'The broker does not answer. Restart the app.')
          }
    const opened = await openApprovals(windows, [], { handlers: { watchApprovals } })
    await picture(opened, `${name}-light`)
    expect(await axeFindings(opened)).toEqual([])
  })
})
