import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { ENTRIES, entry } from '../../support/renderer/example-entries.ts'
import { canOpenWindows, NOW } from '../../support/renderer/open-window.ts'
import { isFine, settle, shown, useSettingsWindows } from '../../support/renderer/settings-window.ts'

describe.skipIf(!canOpenWindows)('the activity', () => {
  const windows = useSettingsWindows()

  it('is asked for a page at a time, by cursor, and stays where the reader is', async () => {
    const all = Array.from({ length: 120 }, (_, index) =>
      entry(index, {
        kind: 'call',
        client: 'codex-mcp-client',
        function: 'mattermost_list_posts',
        target: `channel_id=~c${index}`,
        outcome: 'ok',
      }),
    )
    const opened = await windows.open(
      {
        activity({ before, limit }) {
          const from = before?.offset ?? 0
          const next = from + limit < all.length ? { file: 'a.jsonl', offset: from + limit } : null
          return { entries: all.slice(from, from + limit), unreadable: 0, next }
        },
      },
      'Activity',
    )
    const { page, app } = opened
    await shown(opened).getByText('~c0', { exact: true }).waitFor()
    const pager = page.getByRole('navigation', { name: 'Pages of the activity' })
    await pager.getByRole('button', { name: 'Newer' }).click({ force: true })
    await pager.getByRole('button', { name: 'Older' }).click()
    await shown(opened).getByText('~c50', { exact: true }).waitFor()
    expect(await shown(opened).getByText('~c0', { exact: true }).count()).toBe(0)
    await app.emit('changed', {})
    await pager.getByRole('button', { name: 'Older' }).click()
    await shown(opened).getByText('~c119', { exact: true }).waitFor()
    await isFine(opened, 'activity-last-page')
    expect(await pager.getByRole('button', { name: 'Older' }).getAttribute('aria-disabled')).toBe('true')
    await pager.getByRole('button', { name: 'Newer' }).click()
    await shown(opened).getByText('~c50', { exact: true }).waitFor()
    const asked = app.paramsOf('activity').filter(({ limit }) => limit === 50)
    expect(new Set(asked.map(({ before }) => before?.offset ?? 0))).toEqual(new Set([0, 50, 100]))
  })

  it('is looked through only so far at once, says how far, and goes on', async () => {
    const [found] = ENTRIES
    const opened = await windows.open(
      {
        activity({ before, filter }) {
          const at = filter.client === undefined ? undefined : (before?.offset ?? 400)
          if (at === undefined) return { entries: ENTRIES, unreadable: 0, next: null }
          if (at <= 100) return { entries: found === undefined ? [] : [found], unreadable: 0, next: null }
          const lookedBackTo = new Date(NOW - (500 - at) * 86_400_000).toISOString()
          return { entries: [], unreadable: 0, next: { file: 'a.jsonl', offset: at - 100 }, lookedBackTo }
        },
      },
      'Activity',
    )
    const { page, app } = opened
    await page.getByRole('combobox', { name: 'Client' }).selectOption('Claude Code')
    await shown(opened).getByText('No entry is like this so far').waitFor()
    const pager = page.getByRole('navigation', { name: 'Pages of the activity' })
    await pager.getByText(/^Page 1 · looked back to/).waitFor()
    await isFine(opened, 'activity-looked-back')
    const further = pager.getByRole('button', { name: 'Look further' })
    await further.focus()
    await page.keyboard.press('Enter')
    await pager.getByText(/^Page 2 · looked back to/).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => app.paramsOf('activity').at(-1)?.before?.offset).toBe(200)
    // The page on which nothing was found is not one of those to come back to.
    await pager.getByText(/^Page 2 · looked back to/).waitFor()
    await page.keyboard.press('Enter')
    await pager.getByRole('button', { name: 'Older' }).waitFor()
    await pager.getByText('Page 2', { exact: true }).waitFor()
    expect(await shown(opened).locator('.entry').count()).toBe(1)
    await pager.getByRole('button', { name: 'Newer' }).click()
    await pager.getByText(/^Page 1 · looked back to/).waitFor()
  })

  it('shows how far verifying is, where it takes long', async () => {
    let end: (() => void) | undefined
    const opened = await windows.open(
      {
        verifyActivity: () =>
          new Promise(resolve => {
            end = () => resolve({ kind: 'intact', entries: 1_000_000, files: 12, notes: [] })
          }),
        verifyProgress: () => ({ done: 195, total: 433 }),
      },
      'Activity',
    )
    const { page, runFor } = opened
    await page.getByRole('button', { name: 'Verify' }).click()
    await runFor(1_200)
    await page.getByText('45 % of the log').waitFor()
    expect(await page.getByRole('progressbar', { name: 'Verifying the log' }).getAttribute('value')).toBe(
      '45',
    )
    await isFine(opened, 'activity-verifying')
    end?.()
    await page.getByText('The log is intact.').waitFor()
    expect(await page.getByRole('progressbar').count()).toBe(0)
  })

  it('is filtered by the words that were seen, by result and by time', async () => {
    const opened = await windows.open(
      {
        activity: ({ filter }) => ({
          entries: filter.since === undefined ? ENTRIES : [],
          unreadable: 0,
          next: null,
        }),
      },
      'Activity',
    )
    const { page, app } = opened
    await page.getByRole('combobox', { name: 'Client' }).selectOption('Claude Code')
    await page.getByRole('combobox', { name: 'Result' }).selectOption('Denied')
    await page.getByRole('combobox', { name: 'When' }).selectOption('Last 24 hours')
    await page.getByText('No entry is like this').waitFor()
    await isFine(opened, 'activity-nothing-like-this')
    const { filter } = app.paramsOf('activity').at(-1) ?? {}
    expect(filter).toMatchObject({ client: 'claude-code', decision: 'denied' })
    expect(Math.abs((filter?.since ?? 0) - (NOW - 86_400_000))).toBeLessThan(60_000)
    await page.getByRole('button', { name: 'Export what is listed as CSV…' }).click()
    await expect.poll(() => app.paramsOf('exportActivity')).toEqual([{ format: 'csv', filter }])
    await page.getByRole('button', { name: 'Show everything' }).click()
    await shown(opened).getByText('~incidents').waitFor()
    expect(app.paramsOf('activity').at(-1)?.filter).toEqual({})
  })

  it('shows all of an entry, and gives the focus back', async () => {
    const text = 'Deploy is out.\n\u202eevil\u202c <img src=x onerror=alert(1)>'
    const first = entry(1, {
      kind: 'decision',
      client: 'codex-mcp-client',
      decision: 'released',
      by: 'grant g_1',
      target: '~x',
      text,
    })
    const opened = await windows.open(
      { activity: () => ({ entries: [first, ...ENTRIES], unreadable: 0, next: null }) },
      'Activity',
    )
    const { page } = opened
    const row = page.getByRole('button', { name: /let go/ })
    await row.click()
    await settle(opened)
    const dialog = page.getByRole('dialog', { name: `Entry ${first.seq}` })
    await dialog.getByText('grant g_1').waitFor()
    expect(await dialog.locator('pre').innerText()).toBe('Deploy is out.\nevil <img src=x onerror=alert(1)>')
    await isFine(opened, 'activity-entry')
    await page.keyboard.press('Escape')
    await settle(opened)
    expect(await row.evaluate(element => document.activeElement === element)).toBe(true)
  })

  it('is exported and verified, and tells what came of it', async () => {
    const opened = await windows.open({}, 'Activity')
    const { page, app } = opened
    await isFine(opened, 'activity')
    await page.getByRole('button', { name: 'Export as JSON…' }).click()
    await page.getByText('5 entries exported.').waitFor()
    await page.getByText('~/activity.csv').waitFor()
    expect(app.paramsOf('exportActivity')).toEqual([{ format: 'json', filter: {} }])
    app.handlers.exportActivity = () => ({ kind: 'cancelled' })
    await page.getByRole('button', { name: 'Export as CSV…' }).click()
    await page.getByText('5 entries exported.').waitFor({ state: 'detached' })
    const verify = page.getByRole('button', { name: 'Verify' })
    await verify.click()
    await page.getByText('The log is intact.').waitFor()
    await isFine(opened, 'activity-intact')
    app.handlers.verifyActivity = () => ({
      kind: 'broken',
      entries: 1_204,
      files: 3,
      notes: ['The last line of 2026-11.jsonl was not finished.'],
      problems: [
        { what: 'altered', file: '2026-11.jsonl', line: 7, says: 'Line 7 of 2026-11.jsonl was altered.' },
      ],
      more: 2,
    })
    await verify.click()
    await page.getByText('The log was changed (1204 entries in 3 files).').waitFor()
    await page.getByText('Line 7 of 2026-11.jsonl was altered.').waitFor()
    await page.getByText('And 2 more.').waitFor()
    await isFine(opened, 'activity-broken')
  })

  it('says what failed, what cannot be read, and what there would be', async () => {
    const opened = await windows.open(
      {
        activity() {
          throw new KosmoError('internal', 'The log cannot be read: permission denied.')
        },
        verifyActivity() {
          throw new KosmoError('internal', 'The log cannot be verified: permission denied.')
        },
      },
      'Activity',
    )
    const { page, app } = opened
    await shown(opened).getByText('The log cannot be read: permission denied.').waitFor()
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByText('The log cannot be verified: permission denied.').waitFor()
    await isFine(opened, 'activity-failed')
    app.handlers.activity = () => ({ entries: [], unreadable: 3, next: null })
    await page.getByRole('region', { name: 'Entries' }).getByRole('button', { name: 'Try again' }).click()
    await page.getByText('3 lines could not be read.').waitFor()
    await shown(opened).getByText('Nothing happened yet').waitFor()
    await isFine(opened, 'activity-empty')
  })
})
