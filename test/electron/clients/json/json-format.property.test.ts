import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFormat } from '../../../../electron/clients/json/json-format.ts'
import { CLIENTS } from '../../../../shared/clients/client-facts.ts'
import { type JsonObject, jsonEntry } from '../../../../shared/clients/server-entry.ts'
import { somebodysJson } from '../../../support/clients/generated-json.ts'

const NAME = 'kosmokrator-mattermost'
const shapes = Object.values(CLIENTS).flatMap(({ shape }) => (shape === undefined ? [] : [shape]))

const command = fc.constantFrom(
  { command: '/usr/bin/node', args: ['/opt/k.cjs', 'mcp:serve'], env: {} },
  { command: 'C:\\node.exe', args: ['C:\\a "b"\\k.cjs'], env: { KOSMO_HOME: 'C:\\k' } },
)

const drawn = fc.constantFrom(...shapes).chain(shape =>
  fc.tuple(
    fc.constant(jsonFormat(shape.container)),
    command.map(each => jsonEntry(each, shape)),
    somebodysJson(shape.container, true),
  ),
)

function put(format: ReturnType<typeof jsonFormat>, text: string, entry: JsonObject) {
  const done = format.put(text, NAME, entry)
  if (done.placing === undefined) throw new Error('something was there')
  return { text: done.text, placing: done.placing }
}

describe('an entry in generated settings in JSON', () => {
  it('is put in with everything else as it was, and reads as it should', () => {
    fc.assert(
      fc.property(drawn, ([format, entry, text]) => {
        expect(format.fault(text)).toBeUndefined()
        const after = put(format, text, entry).text
        expect(format.fault(after)).toBeUndefined()
        expect(format.find(after, NAME)).toEqual({ kind: 'entry', value: entry, hasComment: false })
        expect(format.others(after, NAME)).toEqual(format.others(text, NAME))
        expect(isSubsequence(text, after)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it('keeps settings strict JSON where they are', () => {
    fc.assert(
      fc.property(somebodysJson('mcpServers', false), text => {
        const after = put(jsonFormat('mcpServers'), text, { command: 'x' }).text
        expect(JSON.parse(after.replace('\ufeff', ''))).toMatchObject({
          mcpServers: { [NAME]: { command: 'x' } },
        })
      }),
      { numRuns: 200 },
    )
  })

  it('is taken out without a trace', () => {
    fc.assert(
      fc.property(drawn, ([format, entry, text]) => {
        const { text: after, placing } = put(format, text, entry)
        expect(format.remove(after, NAME, placing)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it('put in twice is put in once, and is changed in place', () => {
    fc.assert(
      fc.property(drawn, ([format, entry, text]) => {
        const { text: after, placing } = put(format, text, entry)
        expect(format.put(after, NAME, entry)).toEqual({ text: after, placing: undefined })
        const changed = format.put(after, NAME, { command: 'y', more: [{ a: {} }] })
        expect(format.find(changed.text, NAME)).toMatchObject({ value: { command: 'y', more: [{ a: {} }] } })
        expect(format.remove(changed.text, NAME, placing)).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  it('leaves servers alone that were added behind it', () => {
    fc.assert(
      fc.property(drawn, ([format, entry, text]) => {
        const { text: after, placing } = put(format, text, entry)
        const more = format.put(after, 'later', { url: 'x' })
        const left = format.remove(more.text, NAME, placing)
        expect(format.fault(left)).toBeUndefined()
        expect(format.find(left, 'later')).toMatchObject({ kind: 'entry', value: { url: 'x' } })
        expect(format.find(left, NAME)).toEqual({ kind: 'absent' })
        expect(format.others(left, 'later')).toEqual(format.others(text, NAME))
      }),
      { numRuns: 200 },
    )
  })
})

/** Whether all characters of one text are in another, in order. */
function isSubsequence(part: string, whole: string): boolean {
  let at = 0
  for (const letter of whole) if (letter === part[at]) at++
  return at === part.length
}
