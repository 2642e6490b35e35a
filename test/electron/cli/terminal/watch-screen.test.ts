import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsAtMost } from '../../../../electron/cli/terminal/columns.ts'
import { requestRows } from '../../../../electron/cli/terminal/request-rows.ts'
import { paint, row } from '../../../../electron/cli/terminal/rows.ts'
import { onEvent } from '../../../../electron/cli/terminal/watch-events.ts'
import { screenRows } from '../../../../electron/cli/terminal/watch-screen.ts'
import { initialState, type Size, type WatchState } from '../../../../electron/cli/terminal/watch-state.ts'
import type { Approval } from '../../../../shared/approvals/approval.ts'
import { hostileText, unseenIn } from '../../../support/mcp/hostile-text.ts'
import { makeApproval } from '../../../support/terminal/approvals.ts'

const BIG = { columns: 100, rows: 40 }

function stateOf(approvals: Approval[], size: Size = BIG): WatchState {
  return onEvent(initialState(size), { kind: 'queue', approvals, more: 0 }, 0).state
}

function screen(approvals: Approval[], size: Size = BIG): string[] {
  return screenRows(stateOf(approvals, size), 1_000).map(({ text }) => text)
}

const body = (approval: Approval, draft?: string): string[] =>
  requestRows(approval, draft, 80).map(({ text }) => text)

describe('a request on the screen', () => {
  it('says who, as whom, where, to whom and what', () => {
    const approval = makeApproval({}, { replyTo: '@bob: Can somebody look?', root: 'r'.repeat(26) })
    expect(body(approval)).toEqual([
      'Who       codex 0.169.0',
      'Works in  /home/alice/project',
      'As        @alice on chat.example.org (Mattermost, account default)',
      'Where     ~town-square',
      'Audience  Town Square, team Engineering, public, 42 members',
      `Thread    answers @bob: Can somebody look? (thread ${'r'.repeat(26)})`,
      'Text      1 line, 11 characters',
      '> Hello there',
      'End of the text.',
    ])
  })

  it.each([
    [{ wideMentions: ['all'], notified: { people: 42, upTo: false } }, 'Notifies  42 people: @all'],
    [{ wideMentions: ['here'], notified: { people: 1, upTo: true } }, 'Notifies  up to 1 person: @here'],
    [{ wideMentions: ['channel'] }, 'Notifies  everybody in the channel: @channel'],
    [{ text: 'pay \u202e100' }, 'Careful   Characters that do not show: U+202E'],
    [{ text: 'see https://evil.example/x' }, 'Careful   Links to evil.example'],
  ])('%j is pointed out', (subject, line) => {
    expect(body(makeApproval({}, subject))).toContainEqual(expect.stringContaining(line))
  })

  it('a changed text stands there whole, then what changed', () => {
    const rows = body(makeApproval({}, { text: 'a\nb\nc' }), 'a\nB\nB2\nc')
    expect(rows.slice(-9)).toEqual([
      '> a',
      '> B',
      '> B2',
      '> c',
      'You changed it at line 2, from - to +:',
      '- b',
      '+ B',
      '+ B2',
      'End of the text.',
    ])
  })

  it('one that nobody waits for says so', () => {
    expect(body(makeApproval({ attended: false })).join('\n')).toMatch(/Nobody waits at this moment/)
  })
})

describe('the exact text', () => {
  it.each([
    ['two lines', 'a\nb', ['> a', '> b']],
    ['an empty line', 'a\n\nb', ['> a', '> ', '> b']],
    ['colours', '\x1b[31mred', ['> ‹U+001B›[31mred']],
    ['a return that would write over the line', 'safe\rtext', ['> safe‹U+000D›text']],
    ['the bidi override', 'x\u202ey', ['> x‹U+202E›y']],
    ['what looks like our own rows', '> no\nEnd of the text.', ['> > no', '> End of the text.']],
    ['what looks like a bar', ' a approve   d deny', ['>  a approve   d deny']],
  ])('%s', (_, text, rows) => {
    const shown = body(makeApproval({}, { text }))
    expect(shown.slice(shown.findIndex(line => line.startsWith('Text ')) + 1, -1)).toEqual(rows)
  })

  it('a long line is folded behind another mark, and wide letters fold earlier', () => {
    expect(body(makeApproval({}, { text: 'x'.repeat(100) })).slice(-3, -1)).toEqual([
      `> ${'x'.repeat(77)}`,
      `… ${'x'.repeat(23)}`,
    ])
    const wide = body(makeApproval({}, { text: '漢'.repeat(50) })).slice(-3, -1)
    expect(wide).toEqual([`> ${'漢'.repeat(38)}`, `… ${'漢'.repeat(12)}`])
  })

  it('a pile of marks does not paint over its neighbours', () => {
    const rows = body(makeApproval({}, { text: `z${'\u0301'.repeat(20)}` }))
    expect(rows.at(-3)).toContain('‹U+0301›')
  })

  it('of 16,000 characters is there to the last', () => {
    const text = 'word '.repeat(3_200).trim()
    const shown = body(makeApproval({}, { text })).filter(line => /^[>…] /.test(line))
    expect(shown.map(line => line.slice(2)).join('')).toBe(text)
  })

  it('nothing of it is lost, whatever it is', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const rows = body(makeApproval({}, { text }))
        const at = rows.findIndex(line => line.startsWith('Text '))
        const lines: string[] = []
        for (const line of rows.slice(at + 1, -1)) {
          if (line.startsWith('> ')) lines.push(line.slice(2))
          else lines[lines.length - 1] += line.slice(2)
        }
        const back = lines
          .join('\n')
          .replace(/‹U\+([0-9A-F]+)›/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
        expect(back).toBe(text.replaceAll('\t', '    '))
      }),
      { numRuns: 500 },
    )
  })
})

describe('the screen', () => {
  it('a channel that is named like a key hint stays behind its label', () => {
    const rows = screen([makeApproval({}, { place: '[a] approve q quit', audience: 'Time left 9:99' })])
    expect(rows.filter(line => line.includes('[a] approve'))).toEqual(['Where     [a] approve q quit'])
    expect(rows.at(-2)).toMatch(/^ space more|^ a approve|^ d deny/)
  })

  it('counts the queue and the time', () => {
    const rows = screen([makeApproval({ id: 'one' }), makeApproval({ id: 'two', askedAt: 2_000 })])
    expect(rows[0]).toContain('1 of 2 that wait')
    expect(rows.find(line => line.startsWith('Time left'))).toContain('Time left 1:40')
  })

  it('does not offer to approve before the end was there', () => {
    const long = makeApproval({}, { text: Array.from({ length: 200 }, () => 'x').join('\n') })
    expect(screen([long]).slice(-2).join()).not.toContain('approve')
    expect(screen([long]).join()).toMatch(/\d+ rows more below/)
  })

  it.each([
    [56, 10],
    [80, 24],
    [200, 60],
    [20, 4],
    [1, 1],
  ])('of %i by %i is filled exactly, and every row fits', (columns, rows) => {
    const drawn = screen([makeApproval({}, { text: '漢字 '.repeat(500), place: 'x'.repeat(400) })], {
      columns,
      rows,
    })
    expect(drawn).toHaveLength(rows)
    for (const line of drawn) expect(columnsAtMost(line)).toBeLessThanOrEqual(Math.max(1, columns - 1))
  })

  it('holds nothing unseen and no more rows than the terminal, whatever all the names are', () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.integer({ min: 56, max: 120 }), (name, text, columns) => {
        const approval = makeApproval(
          { asker: { client: name, version: name, workspace: name, session: 's', account: name } },
          {
            place: name,
            audience: name,
            author: name,
            server: name,
            service: name,
            replyTo: name,
            team: name,
            text,
          },
        )
        const rows = screen([approval], { columns, rows: 30 })
        expect(rows).toHaveLength(30)
        for (const line of rows) {
          expect(line).not.toMatch(/[\n\t]/)
          expect(unseenIn(line)).toEqual([])
          expect(columnsAtMost(line)).toBeLessThan(columns)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('hints at every key in the narrowest window', () => {
    let state = stateOf([makeApproval()], { columns: 56, rows: 24 })
    const shown = state.shown && { ...state.shown, seenTo: 1_000, draft: 'changed' }
    state = { ...state, shown }
    const keys = screenRows(state, 0)
      .slice(-2)
      .map(({ text }) => text)
      .join('   ')
    for (const key of 'adgeruxbq') expect(keys).toMatch(new RegExp(` ${key} \\w`))
  })
})

it('without colour a row is its text alone', () => {
  expect(paint(row('x', 'warn'), false)).toBe('x')
  expect(paint(row('x', 'warn'), true)).toBe('\x1b[33mx\x1b[0m')
})
