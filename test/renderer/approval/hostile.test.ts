import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { until } from '../../support/broker/until.ts'
import { hostileText } from '../../support/mcp/hostile-text.ts'
import {
  AFTER_GRACE,
  type ApprovalWindow,
  openApprovals,
  windowApproval,
} from '../../support/renderer/approval-window.ts'
import { hostileApproval } from '../../support/renderer/hostile-approval.ts'
import { canOpenWindows, useWindows } from '../../support/renderer/open-window.ts'

/*
 * Texts from outside on the built page, under its CSP. That the page asked for nothing from anywhere and that no script
 * failed is checked after every test.
 */

const N = 16_000
const COSTLY: Record<string, string> = {
  brackets: '['.repeat(N),
  'open links': '[a]('.repeat(N / 4),
  'open images': '![['.repeat(N / 3),
  quotes: '>'.repeat(N),
  'quotes in lists': '- > '.repeat(N / 4),
  'a table of millions of cells': `${'|'.repeat(N / 4)}\n${'|-'.repeat(N / 8)}\n${'|\n'.repeat(N / 4)}`,
  'nested lists': Array.from({ length: 120 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n'),
  emphasis: `${'*a **b '.repeat(N / 14)}${'** *'.repeat(N / 8)}`,
  definitions: Array.from({ length: 800 }, (_, index) => `[d${index}]: https://a${index}.example`).join('\n'),
  'one word': 'W'.repeat(N),
  'piled marks': `a${'\u0335'.repeat(N)}`,
  'right to left': '\u202e'.repeat(N),
  lines: 'a\n'.repeat(N / 2),
}

/** What joins emoji and what sets names apart is ours. */
const bidi = /[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2067\ufeff]/

async function present(opened: ApprovalWindow, text: string, id: string): Promise<void> {
  const request = windowApproval({ text }, { id })
  await opened.nowWaiting([request])
  await opened.app.emit('focusApproval', { id })
  await opened.runFor(AFTER_GRACE)
  // One that went away says so first.
  const next = opened.page.getByRole('button', { name: 'Show the next one' })
  if (await next.isVisible()) await next.click()
  await opened.runFor(AFTER_GRACE)
}

const wide = (opened: ApprovalWindow) =>
  opened.page.evaluate(() => ({
    page: document.documentElement.scrollWidth - window.innerWidth,
    main:
      (document.querySelector('main')?.scrollWidth ?? 0) - (document.querySelector('main')?.clientWidth ?? 0),
  }))

describe.skipIf(!canOpenWindows)('what is hostile', () => {
  const windows = useWindows()

  it('names and texts stay text, in their place, with nothing unseen in them', async () => {
    const request = hostileApproval()
    const opened = await openApprovals(windows, [request])
    const { page } = opened
    const shown = await page.locator('#root').innerText()
    expect(shown).not.toMatch(bidi)
    // Buttons, headings and images are ours alone.
    expect(await page.getByRole('button', { name: 'Approve' }).allInnerTexts()).toEqual(['Approve and post'])
    expect(await page.getByRole('heading').allInnerTexts()).toEqual([
      'Codex Deny Approve b x b wants to post a reply',
    ])
    expect(await page.locator('img, iframe, object, video, audio, svg, [style*="fixed"]').count()).toBe(0)
    for (const words of [
      '<button style="position:fixed">Approve</button> <img src=x onerror=alert(1)>',
      'Image from tracker.example: logo',
      'bank.com (evil.example)',
      'run (javascript:) file (file:)',
      '[hidden]: https://tracker.example/hidden "a hidden line"',
      'Shows bank.com but leads to evil.example.',
      'Letters that only look Latin:',
      'Looks like a secret: GitHub token',
      'notifies 4211 people.',
    ])
      expect(shown.replace(/\s+/g, ' ')).toContain(words)
    expect(await page.getByText('U+202E').count()).toBeGreaterThan(0)
    expect(await page.locator('mark').count()).toBe(0)
    expect(await wide(opened)).toEqual({ page: 0, main: 0 })
  })

  it('the exact text is exact: read back from the page, it is what would be posted', async () => {
    const opened = await openApprovals(windows, [])
    await fc.assert(
      fc.asyncProperty(
        hostileText.filter(text => text.isWellFormed() && text.length > 0),
        fc.uuid(),
        async (text, id) => {
          await present(opened, text, id)
          await opened.page.getByRole('tab', { name: 'Exact text' }).click()
          const lines = await opened.page
            .locator('.exact-text .line')
            .evaluateAll(elements =>
              elements.map(line =>
                Array.from(line.childNodes, node =>
                  node instanceof Element
                    ? String.fromCodePoint(Number.parseInt((node.textContent ?? '').slice(2), 16))
                    : (node.textContent ?? ''),
                ).join(''),
              ),
            )
          expect(lines.map(line => (line === '\u00a0' ? '' : line)).join('\n')).toBe(
            text.replace(/^\u00a0$/gm, ''),
          )
        },
      ),
      { numRuns: 12 },
    )
  })

  it.each(Object.keys(COSTLY))('is shown whole and can be decided on: %s', async name => {
    const opened = await openApprovals(windows, [windowApproval({ text: COSTLY[name] ?? '' }, { id: 'one' })])
    expect(await wide(opened)).toEqual({ page: 0, main: 0 })
    await opened.page.keyboard.press('End')
    await opened.page.getByRole('button', { name: 'More below' }).waitFor({ state: 'detached' })
    await opened.runFor(AFTER_GRACE)
    await opened.page.getByRole('button', { name: 'Approve and post' }).click()
    expect(opened.answers()).toMatchObject([{ answer: { kind: 'approve' } }])
  })

  it('is shown whatever Markdown it is', async () => {
    const markdown = fc
      .array(
        fc.constantFrom(
          '# ',
          '- ',
          '1. ',
          '> ',
          '```',
          '`',
          '**',
          '_',
          '~~',
          '|',
          '\n',
          '\n\n',
          '[',
          '](',
          ')',
          '![',
          '<',
          '>',
          '&#64;',
          '@all',
          '~a',
          ':tada:',
          'a',
          ' ',
          '\\',
          '---',
          '    ',
          '\t',
          '[^1]',
          ']: ',
          'https://a.example',
          '\u202e',
        ),
        { maxLength: 60 },
      )
      .map(parts => parts.join(''))
    const opened = await openApprovals(windows, [])
    await fc.assert(
      fc.asyncProperty(markdown, fc.uuid(), async (text, id) => {
        await present(opened, text === '' ? 'x' : text, id)
        expect(await opened.page.getByRole('tab', { name: 'As they will see it' }).isVisible()).toBe(true)
        expect(await opened.page.locator('#root').innerText()).not.toMatch(bidi)
        expect(await wide(opened)).toEqual({ page: 0, main: 0 })
      }),
      { numRuns: 15 },
    )
  })

  it.each([
    [480, 400, 1],
    [560, 640, 2],
    [480, 400, 2],
  ])('fits a window of %d × %d at %d times its size', async (width, height, zoom) => {
    const opened = await openApprovals(windows, [hostileApproval()], { look: { width, height, zoom } })
    expect(await wide(opened)).toEqual({ page: 0, main: 0 })
    await opened.page.keyboard.press('End')
    await opened.page.getByRole('button', { name: 'More below' }).waitFor({ state: 'detached' })
    const deny = opened.page.getByRole('button', { name: 'Deny', exact: true })
    // To click, the page may have to be scrolled, and what has moved a moment ago is not pressed.
    await until('a click on Deny that counts', async () => {
      await opened.runFor(AFTER_GRACE)
      await deny.click()
      return opened.answers().length === 1
    })
  })
})
