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
