import fc from 'fast-check'

/** What happens to a POST of a post. */
export const POST_FAULTS = [
  'none',
  'resetBefore',
  'resetAfter',
  'cutAfter',
  'shortAfter',
  'closedAfter',
  'emptyAfter',
  'page502Before',
  'page502After',
  'failAfterSave',
  'pending',
  'limited',
  'limitedByProxy',
  'busy',
  'forbidden',
  'badRequest',
  'notFound',
  'neverBefore',
  'neverAfter',
  'otherPostBefore',
  'otherPostAfter',
  'cutEarly',
] as const
export type PostFault = (typeof POST_FAULTS)[number]

/** What happens when the channel is read to see whether a post is there. */
export const READ_FAULTS = ['none', 'down', 'never', 'page', 'missing', 'lagging', 'forbidden'] as const
export type ReadFault = (typeof READ_FAULTS)[number]

/** A handler that takes long: it stands at a point until so much time has passed. */
export type Delay = { point: 'beforeHandler' | 'beforeSave' | 'afterHandler'; ms: number }

/** A call that ends early: cancelled by its client, or its process killed, at the so-manieth request or journal line. */
export type Ending = { how: 'cancel' | 'kill'; at: 'request' | 'line'; nth: number }

/** What is meant to be posted once. */
export type Intent = {
  /** Intents may share a text. */
  text: 'same' | 'own'
  place: 'dev' | 'ops' | 'thread'
  /** By what a repeated call is known: an idempotency_key, the client's call id, or the text alone. */
  source: 'key' | 'call' | 'text'
}

export type Step =
  | {
      kind: 'calls'
      /** Indexes of intents, called at once. */
      intents: number[]
      posts: PostFault[]
      reads: ReadFault[]
      /** The nth read of another kind fails, where something is looked up before posting. */
      lookUpFails?: number | undefined
      delay?: Delay | undefined
      ending?: Ending | undefined
      /** The server restarts when a request stands at the delay. */
      restartMeanwhile: boolean
    }
  | { kind: 'restartServer' }
  | { kind: 'restartOurs' }
  | { kind: 'wait'; ms: number }
  | { kind: 'delete'; intent: number }

export type Schedule = {
  intents: Intent[]
  steps: Step[]
  /** How far the server's Date header is ahead. */
  skewMs: number
}

const intent: fc.Arbitrary<Intent> = fc.record({
  text: fc.constantFrom('own', 'same'),
  place: fc.constantFrom('dev', 'ops', 'thread'),
  source: fc.constantFrom('key', 'call', 'text'),
})

const delay: fc.Arbitrary<Delay> = fc.oneof(
  // The server knows a pending id for 30 s: what stands before it longer than that is no promise of ours.
  fc.record({ point: fc.constant('beforeHandler' as const), ms: fc.integer({ min: 100, max: 24_000 }) }),
  fc.record({
    point: fc.constantFrom('beforeSave' as const, 'afterHandler' as const),
    ms: fc.integer({ min: 100, max: 60_000 }),
  }),
)

const sometimes = <T>(arbitrary: fc.Arbitrary<T>, oneIn: number) =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const ending = (ways: Ending['how'][]): fc.Arbitrary<Ending> =>
  fc.record({
    how: fc.constantFrom(...ways),
    at: fc.constantFrom('request', 'line'),
    nth: fc.integer({ min: 1, max: 12 }),
  })

const calls = (withEnds: boolean): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constant('calls' as const),
    intents: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }),
    posts: fc.array(fc.constantFrom(...POST_FAULTS), { maxLength: 3 }),
    reads: fc.array(fc.constantFrom(...READ_FAULTS), { maxLength: 6 }),
    lookUpFails: sometimes(fc.integer({ min: 1, max: 8 }), 8),
    delay: sometimes(delay, 3),
    ending: sometimes(ending(withEnds ? ['cancel', 'kill', 'kill'] : ['cancel']), withEnds ? 3 : 6),
    restartMeanwhile: withEnds ? fc.integer({ min: 0, max: 5 }).map(dice => dice === 5) : fc.constant(false),
  })

const wait: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('wait' as const),
  ms: fc.integer({ min: 1_000, max: 150_000 }),
})

const deletion: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('delete' as const),
  intent: fc.nat({ max: 2 }),
})

const restart: fc.Arbitrary<Step> = fc.constantFrom({ kind: 'restartServer' }, { kind: 'restartOurs' })

/** Everything that may happen between three intents and their posts; `withEnds`: servers and processes end too. */
export function schedules({ withEnds }: { withEnds: boolean }): fc.Arbitrary<Schedule> {
  const step = fc.oneof(
    { weight: 6, arbitrary: calls(withEnds) },
    { weight: withEnds ? 2 : 0, arbitrary: restart },
    { weight: 1, arbitrary: wait },
    { weight: 1, arbitrary: deletion },
  )
  return fc.record({
    intents: fc.array(intent, { minLength: 3, maxLength: 3 }),
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    skewMs: fc.constantFrom(0, 0, 0, -600_000, 600_000, 86_400_000),
  })
}
