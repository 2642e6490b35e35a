import { expect, it } from 'vitest'
import { askInForm, type FormSurface } from '../../../electron/gateway/form-surface.ts'
import { type ApprovalForm, approvalForm, type FormAnswer } from '../../../shared/approvals/form.ts'
import { SUBJECT } from '../../support/approvals/approvals-world.ts'

const yes: FormAnswer = { action: 'accept', content: { decision: 'once' } }

/** What becomes of a form in a client that does this with it after so many milliseconds. */
async function ask(answer: () => FormAnswer, { after = 1_000, timeoutMs = 50_000, gone = 'never' } = {}) {
  const shown = approvalForm(SUBJECT)
  if (shown === undefined) throw new Error('the subject does not fit')
  let now = 5_000
  const leaves = new AbortController()
  const asked: { form: ApprovalForm; timeoutMs: number }[] = []
  const surface: FormSurface = {
    async ask(form, { signal, timeoutMs }) {
      asked.push({ form, timeoutMs })
      now += after
      if (gone === 'meanwhile') leaves.abort()
      expect(signal.aborted).toBe(gone === 'meanwhile')
      return answer()
    },
  }
  const outcome = await askInForm(surface, shown, { timeoutMs, signal: leaves.signal, now: () => now })
  expect(asked.map(({ form }) => form)).toEqual([shown])
  return { outcome, timeoutMs: asked[0]?.timeoutMs }
}

const fails = (): FormAnswer => {
  throw new Error('token=SECRET123')
}

it('a yes approves', async () => {
  expect((await ask(() => yes)).outcome).toEqual({ kind: 'approved' })
})

it.each([
  ['a yes', () => yes],
  ['a failure', fails],
])('once nobody waits for it any more, %s is a call that was cancelled', async (_, answer) => {
  expect((await ask(answer, { gone: 'meanwhile' })).outcome).toEqual({ kind: 'cancelled', by: 'client' })
})

it.each([
  [48_999, { kind: 'unreachable', why: 'the client failed to show the question.' }],
  [49_000, { kind: 'expired', seconds: 50 }],
])('a client that fails after %d ms: %j, and nothing of the failure is told', async (after, outcome) => {
  expect((await ask(fails, { after })).outcome).toEqual(outcome)
})

it.each([
  ['decline', 149, 'unreachable'],
  ['decline', 150, 'denied'],
  ['cancel', 149, 'unreachable'],
  ['cancel', 150, 'cancelled'],
])('a %s after %d ms is %s', async (action, after, kind) => {
  expect((await ask(() => ({ action }), { after })).outcome).toMatchObject({ kind })
})

it('the client has the time that the broker gives', async () => {
  expect(await ask(() => yes, { timeoutMs: 20_000 })).toMatchObject({ timeoutMs: 20_000 })
})
