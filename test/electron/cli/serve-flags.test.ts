import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readServeFlags } from '../../../electron/cli/serve-flags.ts'

const known = ['mattermost', 'calendar']

function optionsOf(...args: string[]) {
  const flags = readServeFlags(args, known)
  if (flags.kind !== 'options') throw new Error(`not options: ${JSON.stringify(flags)}`)
  return flags
}

describe('readServeFlags', () => {
  it('denies writes, serves nothing and is called kosmo where nothing is said', () => {
    expect(optionsOf().options).toEqual({
      integrations: [],
      write: 'deny',
      account: 'default',
      maxResultCharacters: 50_000,
      name: 'kosmo',
    })
  })

  it('takes any word but the three policies for a usage error', () => {
    fc.assert(
      fc.property(fc.string(), word => {
        const { kind } = readServeFlags([`--write=${word}`], known)
        expect(kind).toBe(['deny', 'ask', 'allow'].includes(word) ? 'options' : 'usage-error')
      }),
    )
  })

  it('never throws, and selects only integrations that are known, each once', () => {
    const flag = fc.constantFrom(
      '--integration=',
      '--integrations=',
      '--write=',
      '--name=',
      '--x=',
      '--',
      '-',
    )
    const list = fc.oneof(fc.string(), fc.constantFrom('mattermost', 'calendar,mattermost', 'MATTERMOST , x'))
    fc.assert(
      fc.property(fc.array(fc.tuple(flag, list)), args => {
        const flags = readServeFlags(
          args.map(([name, value]) => name + value),
          known,
        )
        if (flags.kind !== 'options') return
        const { integrations } = flags.options
        expect(integrations.filter(name => !known.includes(name))).toEqual([])
        expect(new Set(integrations).size).toBe(integrations.length)
      }),
    )
  })

  it('reads what needs no reader as Node reads it', () => {
    const flag = fc.constantFrom('integration', 'write', 'account', 'name', 'profile', 'x')
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('', 'mattermost', 'deny', 'allow', 'a=b', ' ask', 'a\nb'),
    )
    const form = fc.constantFrom('--%=', '--% ', '-%=', '%=')
    const arg = fc.tuple(form, flag, value).map(([shape, name, said]) => shape.replace('%', name) + said)
    fc.assert(
      fc.property(fc.array(arg, { maxLength: 5 }), args => {
        // One that says nothing and that only Node's reader knows.
        expect(readServeFlags(args, known)).toEqual(readServeFlags([...args, '--no-prompts'], known))
      }),
      { numRuns: 1_000 },
    )
  })

  it('reads repeated flags and comma lists in the order in which they stand', () => {
    expect(
      optionsOf('--integration=calendar', '--integration=mattermost,calendar').options.integrations,
    ).toEqual(['calendar', 'mattermost'])
  })

  it('warns once about each unknown integration, and that there are no tools where none is left', () => {
    expect(optionsOf('--integration=slack,slack,teams').warnings).toEqual([
      expect.stringMatching(/"slack"; known: mattermost, calendar/),
      expect.stringMatching(/"teams"/),
      expect.stringMatching(/no integration is selected/),
    ])
    expect(optionsOf('--integration=mattermost').warnings).toEqual([])
  })

  it.each([
    ['1000', 1_000],
    ['999999999', 999_999_999],
  ])('takes %s as the longest result', (text, value) => {
    expect(optionsOf(`--max-result-chars=${text}`).options.maxResultCharacters).toBe(value)
  })

  it.each(['', '0', '999', '1000.5', '+1000', '1e4', '0x1000', ' 1000', '9999999999', 'NaN', '١٠٠٠'])(
    'refuses %j as the longest result',
    text => {
      expect(readServeFlags([`--max-result-chars=${text}`], known).kind).toBe('usage-error')
    },
  )

  it.each(['', 'a b', 'a/b', 'a\nb', 'ä', 'x'.repeat(65), '"'])('refuses %j as name and as account', text => {
    expect(readServeFlags([`--name=${text}`], known).kind).toBe('usage-error')
    expect(readServeFlags([`--account=${text}`], known).kind).toBe('usage-error')
  })
})

describe('what the original takes', () => {
  const options = (...args: string[]) => {
    const read = readServeFlags(args, ['a', 'b', 'c'])
    if (read.kind !== 'options') throw new Error(JSON.stringify(read))
    return read
  }

  it('row 6: repeated flags and comma lists are the same, each name once', () => {
    const wanted = ['a', 'b']
    for (const args of [
      ['--integration=a', '--integration=b'],
      ['--integrations=a,b'],
      ['--integration=a,b', '--integrations=b,a'],
      ['--integration', 'A', '--integrations', ' b , a'],
    ]) {
      expect(options(...args).options.integrations).toEqual(wanted)
    }
  })

  it('row 7: an integration that there is not is named with those that there are', () => {
    expect(options('--integration=a,nope').warnings).toEqual([
      expect.stringMatching(/no integration "nope"; known: a, b, c/),
    ])
  })

  it.each(['', 'yes', 'ALLOW', 'allow ', 'true', 'deny,allow'])('row 20: --write=%s is an error', word => {
    expect(readServeFlags([`--write=${word}`], ['a'])).toMatchObject({ kind: 'usage-error' })
  })

  it('row 46: --force lifts nothing, and is said to', () => {
    const { options: read, warnings } = options('--integration=a', '--force')
    expect(read.write).toBe('deny')
    expect(warnings).toEqual([expect.stringMatching(/lifts nothing/)])
  })

  it('its switches for what is not served here change nothing', () => {
    const plain = options('--integration=a')
    expect(options('--integration=a', '--no-resources', '--prompts', '--no-prompts', '--resources')).toEqual(
      plain,
    )
  })

  it('row 45: a flag goes before a profile, and nothing beyond what a project caps', () => {
    const profile = {
      defaults: { integrations: ['a', 'b'], write: 'allow', maxResultCharacters: 20_000 },
      caps: { integrations: ['b', 'c'], write: 'ask', maxResultCharacters: 5_000 },
      warnings: [],
    } as const
    const read = (...args: string[]) =>
      readServeFlags(['--profile=x', ...args], ['a', 'b', 'c'], {
        ...profile,
        defaults: { ...profile.defaults, integrations: [...profile.defaults.integrations] },
        caps: { ...profile.caps, integrations: [...profile.caps.integrations] },
        warnings: [],
      })
    expect(read()).toMatchObject({
      options: { integrations: ['b'], write: 'ask', maxResultCharacters: 5_000 },
    })
    expect(read('--integration=c', '--write=deny', '--max-result-chars=2000')).toMatchObject({
      options: { integrations: ['c'], write: 'deny', maxResultCharacters: 2_000 },
    })
    expect(read('--integration=a', '--write=allow')).toMatchObject({
      options: { integrations: [], write: 'ask' },
    })
    expect(readServeFlags(['--profile=x'], ['a'])).toEqual({ kind: 'profile', name: 'x' })
  })
})
