import fc from 'fast-check'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { tomlFormat } from '../../../../electron/clients/codex/toml-format.ts'
import type { JsonObject } from '../../../../shared/clients/server-entry.ts'
import { somebodysToml } from '../../../support/clients/generated-toml.ts'

const NAME = 'kosmokrator-mattermost'

const ENTRIES: JsonObject[] = [
  { command: '/usr/bin/node', args: ['/opt/kosmo/kosmo.cjs', 'mcp:serve', '--write=deny'], env_vars: ['A'] },
  {
    command: 'C:\\Program Files\\nodejs\\node.exe',
    args: ["C:\\it's\\kosmo.cjs", 'mcp:serve'],
    env_vars: ['HTTP_PROXY'],
    startup_timeout_sec: 30,
    env: { KOSMO_HOME: '/home/me/"k"' },
    tools: { a: { approval_mode: 'approve' }, 'b.c': { approval_mode: 'approve' } },
  },
  { command: 'n', args: [], tools: { a: { approval_mode: 'approve' } } },
]

const entry = fc.constantFrom(...ENTRIES)

function put(text: string, value: JsonObject) {
  const done = tomlFormat.put(text, NAME, value)
  if (done.placing === undefined) throw new Error('something was there')
  return { text: done.text, placing: done.placing }
}

describe('an entry in generated settings of Codex', () => {
  it('is put in with every other byte where it was, and reads as it should', () => {
    fc.assert(
      fc.property(somebodysToml, entry, (text, value) => {
        expect(tomlFormat.fault(text)).toBeUndefined()
        const { text: after } = put(text, value)
        expect(tomlFormat.find(after, NAME)).toMatchObject({ kind: 'entry', value, hasComment: false })
        expect(tomlFormat.others(after, NAME)).toEqual(tomlFormat.others(text, NAME))
        expect(isInsertion(text, after)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is taken out without a trace', () => {
    fc.assert(
      fc.property(somebodysToml, entry, (text, value) => {
        const { text: after, placing } = put(text, value)
        expect(tomlFormat.remove(after, NAME, placing)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it('put in twice is put in once', () => {
    fc.assert(
      fc.property(somebodysToml, entry, (text, value) => {
        const once = put(text, value).text
        expect(tomlFormat.put(once, NAME, value).text).toBe(once)
      }),
      { numRuns: 200 },
    )
  })

  it('is changed in place, and is taken out without a trace all the same', () => {
    fc.assert(
      fc.property(somebodysToml, fc.array(entry, { minLength: 1, maxLength: 4 }), (text, values) => {
        let { text: after, placing } = put(text, ENTRIES[0] ?? {})
        for (const value of values) {
          const next = tomlFormat.put(after, NAME, value)
          expect(next.placing).toBeUndefined()
          expect(tomlFormat.find(next.text, NAME)).toMatchObject({ value })
          after = next.text
        }
        expect(tomlFormat.remove(after, NAME, placing)).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  it('leaves alone what others write behind it and before it meanwhile', () => {
    const later = fc.constantFrom('\n[mcp_servers.later]\ncommand = "x"\n', '[zz]\na = 1', '# bye\n', '')
    fc.assert(
      fc.property(somebodysToml, entry, later, fc.boolean(), (text, value, more, isFirst) => {
        const { text: after, placing } = put(text, value)
        const whole = text.endsWith('\n') || text.replace('\ufeff', '') === ''
        const comment = '# hello\n'
        const edited = (isFirst ? withFirstLine(after, comment) : after) + more
        const left = tomlFormat.remove(edited, NAME, placing)
        const expected =
          (isFirst ? withFirstLine(text, comment) : text) + (whole || more === '' ? '' : eolOf(text)) + more
        expect(left).toBe(
          /mcp_servers *= *\{/.test(text) ? (isFirst ? withFirstLine(text, comment) : text) + more : expected,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('is found by a scanner that sees what the parser sees', () => {
    fc.assert(
      fc.property(somebodysToml, text => {
        const found = parse(text.replace('\ufeff', ''), { integersAsBigInt: 'asNeeded' })
        expect(Object.hasOwn(found, 'mcp_servers') && tomlFormat.find(text, 'other').kind === 'entry').toBe(
          JSON.stringify(found.mcp_servers ?? {}, (_, v) => (typeof v === 'bigint' ? String(v) : v)).includes(
            '"other"',
          ),
        )
      }),
      { numRuns: 100 },
    )
  })
})

function withFirstLine(text: string, line: string): string {
  return text.startsWith('\ufeff') ? `\ufeff${line}${text.slice(1)}` : line + text
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** Whether one text is another with something put in at one place. */
function isInsertion(before: string, after: string): boolean {
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  return after.endsWith(before.slice(start))
}
