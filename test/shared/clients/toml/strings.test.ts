import fc from 'fast-check'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { scanToml } from '../../../../shared/clients/toml/scan-toml.ts'
import { tomlKey, tomlString } from '../../../../shared/clients/toml/strings.ts'
import { inline, tableLines } from '../../../../shared/clients/toml/write-toml.ts'

const text = fc.string({ unit: 'grapheme' })

describe('TOML that we write', () => {
  it('gives every text back', () => {
    fc.assert(
      fc.property(text, text, (key, value) => {
        const line = `${tomlKey(key)} = ${tomlString(value)}`
        const parsed = parse(line)
        expect(Object.entries(parsed)).toEqual([[key, value]])
        expect(scanToml(line)).toMatchObject([{ kind: 'pair', path: [key], valueEnd: line.length }])
      }),
      { numRuns: 500 },
    )
  })

  it('has paths of Windows as they are', () => {
    expect(tomlString('C:\\Program Files\\node.exe')).toBe("'C:\\Program Files\\node.exe'")
    expect(tomlString("C:\\it's")).toBe('"C:\\\\it\'s"')
  })

  it('gives tables and lists back, as tables and on one line', () => {
    const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 3 }))
    const table = fc.dictionary(text, fc.oneof(leaf, fc.dictionary(text, leaf, { maxKeys: 3 })), {
      maxKeys: 4,
    })
    fc.assert(
      fc.property(table, value => {
        const plain = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(JSON.stringify(parse(tableLines(['a', 'b c'], value).join('\n'))))).toEqual({
          a: { 'b c': plain },
        })
        expect(JSON.parse(JSON.stringify(parse(`x = ${inline(value)}`)))).toEqual({ x: plain })
      }),
      { numRuns: 200 },
    )
  })
})

describe('a scan of TOML', () => {
  it.each(['a', 'a = ', '[a', 'a = "x', "a = '''x", 'a = [1', 'a = {b', '= 1', `a = ${'['.repeat(5000)}`])(
    'of what is not understood ends with an error and not with a guess: %j',
    broken => {
      expect(() => scanToml(broken)).toThrow()
    },
  )
})
