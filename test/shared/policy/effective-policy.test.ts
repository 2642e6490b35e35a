import { describe, expect, it } from 'vitest'
import {
  decideRead,
  decideWrite,
  effectiveWrite,
  listsWrites,
  type PolicyInputs,
  strictest,
} from '../../../shared/policy/effective-policy.ts'
import { WRITE_POLICIES, type WritePolicy } from '../../../shared/policy/write-policy.ts'

const MAYBE = [undefined, ...WRITE_POLICIES]

/** Every combination there is. */
const everything = WRITE_POLICIES.flatMap(ceiling =>
  WRITE_POLICIES.flatMap(request =>
    MAYBE.flatMap(override =>
      MAYBE.flatMap(permission =>
        MAYBE.flatMap(folder =>
          [false, true].map(
            (solo): PolicyInputs => ({ ceiling, request, override, permission, folder, solo }),
          ),
        ),
      ),
    ),
  ),
)
const writes = [[], ['all']].flatMap(wideMentions => [undefined, {}].map(grant => ({ wideMentions, grant })))

/** The formula of the design in numbers: 0 deny, 1 ask, 2 allow. */
const NUMBER = { deny: 0, ask: 1, allow: 2 }
function oracle({ ceiling, request, override, permission, folder, solo }: PolicyInputs): number {
  const stored = Math.min(NUMBER[permission ?? 'allow'], NUMBER[folder ?? 'allow'])
  if (solo && override === 'deny') return 0
  if (solo) return ceiling === 'deny' ? 0 : Math.min(NUMBER[request], stored)
  const wanted = override === undefined ? Math.min(NUMBER[request], 1) : NUMBER[override]
  return Math.min(NUMBER[ceiling], wanted, stored)
}

function decisionOracle(inputs: PolicyInputs, wide: boolean, granted: boolean): string {
  const level = oracle(inputs)
  if (level === 0) {
    const refusals = [
      ['ceiling', inputs.ceiling],
      ['permission', inputs.permission],
      ['folder', inputs.folder],
      ['override', inputs.override],
      ['request', inputs.solo || inputs.override === undefined ? inputs.request : undefined],
    ]
    return `blocked by ${refusals.find(([, policy]) => policy === 'deny')?.[0]}`
  }
  if (wide) return 'ask because wide-mention'
  if (level === 2) return 'permitted by policy'
  return granted ? 'permitted by grant' : 'ask because policy'
}

function told(inputs: PolicyInputs, write: (typeof writes)[number]): string {
  const decision = decideWrite(inputs, write)
  return decision.kind === 'ask' ? `ask because ${decision.because}` : `${decision.kind} by ${decision.by}`
}

const row = (text: string): PolicyInputs => {
  const [ceiling, request, override, permission, solo] = text.split(' ')
  const read = (word = '') => WRITE_POLICIES.find(policy => policy === word)
  return {
    ceiling: read(ceiling) ?? 'deny',
    request: read(request) ?? 'deny',
    override: read(override),
    permission: read(permission),
    solo: solo === 'solo',
  }
}

it('every combination is as the formula of the design says', () => {
  expect(everything).toHaveLength(3 * 3 * 4 * 4 * 4 * 2)
  for (const inputs of everything) {
    expect([effectiveWrite(inputs), inputs]).toEqual([WRITE_POLICIES[oracle(inputs)], inputs])
    for (const write of writes) {
      const wanted = decisionOracle(inputs, write.wideMentions.length > 0, write.grant !== undefined)
      expect([told(inputs, write), inputs, write]).toEqual([wanted, inputs, write])
    }
  }
})

/** Ceiling, request, override, permission: written out, so that formula and oracle cannot err together. */
it.each([
  ['ask deny - -', 'deny', 'blocked by request'],
  ['ask ask - -', 'ask', 'ask because policy'],
  ['allow allow - -', 'ask', 'ask because policy'],
  ['ask allow allow -', 'ask', 'ask because policy'],
  ['allow deny allow -', 'allow', 'permitted by policy'],
  ['allow deny allow ask', 'ask', 'ask because policy'],
  ['deny allow allow allow', 'deny', 'blocked by ceiling'],
  ['deny deny deny deny', 'deny', 'blocked by ceiling'],
  ['ask deny deny deny', 'deny', 'blocked by permission'],
  ['ask deny deny -', 'deny', 'blocked by override'],
  ['ask allow deny - solo', 'deny', 'blocked by override'],
  ['ask allow ask - solo', 'allow', 'permitted by policy'],
  ['deny allow - - solo', 'deny', 'blocked by ceiling'],
  ['allow allow - ask solo', 'ask', 'ask because policy'],
  ['allow deny - deny solo', 'deny', 'blocked by permission'],
  ['allow deny allow - solo', 'deny', 'blocked by request'],
])('%s is %s: %s', (text, policy, decision) => {
  expect(effectiveWrite(row(text))).toBe(policy)
  expect(told(row(text), { wideMentions: [], grant: undefined })).toBe(decision)
})

describe('whatever else is said', () => {
  it('a wide mention is never permitted without a question', () => {
    for (const inputs of everything) {
      for (const grant of [undefined, {}]) {
        expect(decideWrite(inputs, { wideMentions: ['here'], grant }).kind).not.toBe('permitted')
      }
    }
  })

  it('a request alone never permits where a broker runs, and nothing exceeds the ceiling', () => {
    for (const inputs of everything.filter(({ solo }) => !solo)) {
      if (inputs.override === undefined) expect(effectiveWrite(inputs)).not.toBe('allow')
      expect(strictest(effectiveWrite(inputs), inputs.ceiling)).toBe(effectiveWrite(inputs))
    }
  })

  it('settings that cannot be read refuse every write with their own reason, and do not hide the tools', () => {
    for (const inputs of everything) {
      const broken = { ...inputs, unreadable: 'The settings cannot be read.' }
      expect(effectiveWrite(broken)).toBe('deny')
      for (const write of writes) {
        expect(decideWrite(broken, write)).toEqual({
          kind: 'blocked',
          by: 'ceiling',
          why: 'The settings cannot be read.',
        })
      }
      expect(listsWrites(broken)).toBe(listsWrites(inputs))
    }
  })
})

it('write tools are listed by override or request and permission, never by the ceiling', () => {
  for (const inputs of everything) {
    const { request, override, permission, folder, solo } = inputs
    const asked = solo || override === undefined ? request : override
    const isListed = ![asked, permission, folder].includes('deny')
    expect([listsWrites(inputs), inputs]).toEqual([isListed, inputs])
  }
  expect(listsWrites(row('deny ask - -'))).toBe(true)
  expect(listsWrites(row('allow deny ask -'))).toBe(true)
  expect(listsWrites(row('allow allow deny -'))).toBe(false)
  expect(listsWrites(row('allow allow allow deny'))).toBe(false)
  expect(listsWrites(row('allow deny allow - solo'))).toBe(false)
})

it.each([
  ['deny ask - -', /switch in the tray or `kosmo policy ask`/],
  ['ask deny - -', /--write=ask.*`kosmo policy ask --client=NAME`/],
  ['ask ask deny -', /`kosmo policy ask --client=NAME`/],
  ['ask ask - deny', /`kosmo integrations:configure mattermost --write ask`/],
  ['ask deny - - solo', /started with --write=deny.*--write=ask or --write=allow/],
])('%s: the refusal says how a person changes it', (text, how) => {
  const decision = decideWrite(row(text), { wideMentions: [], grant: {} })
  expect(decision.kind === 'blocked' && decision.why).toMatch(how)
})

it('the strictest of policies is the first in their order', () => {
  const pick = (...policies: [WritePolicy, ...WritePolicy[]]) => strictest(...policies)
  expect([pick('allow', 'deny', 'ask'), pick('allow', 'ask'), pick('allow')]).toEqual([
    'deny',
    'ask',
    'allow',
  ])
})

it('what a file of the project forbids is said to come from there', () => {
  const decision = decideWrite(
    { ...row('allow allow allow -'), folder: 'deny' },
    { wideMentions: [], grant: {} },
  )
  expect(decision).toMatchObject({
    kind: 'blocked',
    by: 'folder',
    why: expect.stringContaining('.kosmo/config.yaml'),
  })
  expect(decideRead('allow', 'deny')).toMatchObject({ kind: 'blocked', by: 'folder' })
  expect(decideRead('deny', 'deny')).toMatchObject({ kind: 'blocked', by: 'permission' })
})

it('reading is permitted unless it is stored that it is not', () => {
  expect(decideRead(undefined)).toEqual({ kind: 'permitted' })
  expect(decideRead('allow')).toEqual({ kind: 'permitted' })
  expect(decideRead('deny')).toMatchObject({
    kind: 'blocked',
    by: 'permission',
    why: expect.stringContaining('`kosmo integrations:configure mattermost --read allow`'),
  })
})
