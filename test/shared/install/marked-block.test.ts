import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { withBlock, withoutBlock as without } from '../../../shared/install/marked-block.ts'

/** What people have in their start files, and worse. */
const content = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(fc.constantFrom('export A=1', '# >>>', '', '\r', 'echo "é"', '# <<<', 'fi', '\ufeff'), {
      maxLength: 8,
    })
    .chain(lines => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`, lines.join('\r\n'))),
)
const line = fc.string({ maxLength: 40 }).filter(text => !/[\n]|KosmoKrator/.test(text))

/** As if any line were one of ours. */
const withoutBlock = (text: string) => without(text, () => true)

function textOf(text: string | undefined, ours: string): string {
  const block = withBlock(text, ours)
  if (block.kind !== 'text') throw new Error(block.kind)
  return block.text
}

it('whatever was there comes back to the byte', () => {
  fc.assert(
    fc.property(fc.option(content, { nil: undefined }), line, (text, ours) => {
      const after = textOf(text, ours)
      expect(after.startsWith(text ?? '')).toBe(true)
      expect(after.split('\n')).toContain(ours)
      expect(withoutBlock(after)).toEqual({ kind: 'text', text })
      // Once is enough.
      expect(withBlock(after, ours)).toEqual({ kind: 'same' })
    }),
    { numRuns: 2_000 },
  )
})

it('what somebody wrote behind or before it since then stays, on lines of its own', () => {
  fc.assert(
    fc.property(content, line, content, (text, ours, more) => {
      fc.pre(!more.includes('KosmoKrator') && more !== '')
      const left = withoutBlock(textOf(text, ours) + more)
      const end = text === '' || text.endsWith('\n') ? text : `${text}\n`
      expect(left).toEqual({ kind: 'text', text: end + more })
      const under = withoutBlock(`${more}\n${textOf(text, ours)}`)
      expect(under).toEqual({ kind: 'text', text: `${more}\n${text}` })
    }),
    { numRuns: 1_000 },
  )
})

it('a file that was made for it goes with it, unless there is more in it by then', () => {
  const made = textOf(undefined, 'export A')
  expect(withoutBlock(made)).toEqual({ kind: 'text', text: undefined })
  expect(withoutBlock(`${made}# mine\n`)).toEqual({ kind: 'text', text: '# mine\n' })
  expect(withoutBlock(textOf('', 'export A'))).toEqual({ kind: 'text', text: '' })
})

it('a block that somebody changed is left alone', () => {
  const whole = textOf('a\n', 'export A')
  const broken = [
    whole.replace('export A', 'export A\nexport B'),
    whole.replace('# <<< KosmoKrator <<<\n', ''),
    whole.replace('# >>> KosmoKrator >>>\n', ''),
    whole.replace('>>>\n', '>>> # mine\n'),
    whole + whole,
    whole.slice(0, -1),
  ]
  for (const text of broken) {
    expect(withoutBlock(text), text).toEqual({ kind: 'changed' })
    expect(withBlock(text, 'export A'), text).toEqual({ kind: 'changed' })
  }
  expect(withBlock(whole, 'export B')).toEqual({ kind: 'changed' })
  expect(without(whole, each => each !== 'export A')).toEqual({ kind: 'changed' })
  expect(withoutBlock('# mine\n')).toEqual({ kind: 'absent' })
})
