import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPlainFlags } from '../../../electron/cli/plain-flags.ts'

const options = {
  integration: { type: 'string', multiple: true, default: [] as string[] },
  write: { type: 'string' },
  name: { type: 'string', default: 'kosmo' },
  force: { type: 'boolean', default: false },
  'no-prompts': { type: 'boolean' },
} as const

const name = fc.constantFrom(...Object.keys(options), 'unknown', '__proto__', 'constructor', 'toString')
const value = fc.oneof(fc.string(), fc.constantFrom('', '=', '--write=allow', 'deny', 'a,b', '\n'))
const arg = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(name, value).map(([flag, text]) => `--${flag}=${text}`) },
  fc.constantFrom('--write', 'deny', '-h', '--', '-', '--force', '--no-prompts', '--Write=allow', ''),
)

it('what is read is what Node would have read, and whatever Node refuses is not read', () => {
  fc.assert(
    fc.property(fc.array(arg, { maxLength: 6 }), args => {
      const read = readPlainFlags(args, options)
      if (read === undefined) return
      expect(read).toEqual({ ...parseArgs({ args, strict: true, allowPositionals: false, options }).values })
    }),
    { numRuns: 2_000 },
  )
})

it('the form that settings of clients have is read', () => {
  const args = ['--integration=mattermost', '--write=deny', '--write=ask', '--integration=x']
  const values = { integration: ['mattermost', 'x'], write: 'ask', name: 'kosmo', force: false }
  expect(readPlainFlags(args, options)).toEqual(values)
})

it.each(['--write', '--force', '--nonsense=1', '--__proto__=1', 'mattermost', '-h', '--'])(
  'anything else is not: %s',
  other => {
    expect(readPlainFlags(['--write=deny', other], options)).toBeUndefined()
  },
)
