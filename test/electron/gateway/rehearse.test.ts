import { afterEach, describe, expect, it, vi } from 'vitest'
import { openJournal } from '../../../electron/broker/journal.ts'
import { rehearse } from '../../../electron/gateway/rehearse.ts'
import { catalogue } from '../../../electron/integrations/catalogue.ts'
import type { Environment, Integration } from '../../../electron/integrations/integration.ts'

const environment: Environment = {
  variables: { HTTP_PROXY: 'http://127.0.0.1:1' },
  now: () => 0,
  monotonic: () => performance.now(),
  sleep: () => Promise.resolve(),
  random: () => 0,
  journal: openJournal('/nowhere', () => 0),
}

afterEach(() => vi.restoreAllMocks())

/** An integration whose functions note what became of them. */
function watched(integration: Integration, ended: Map<string, string>): Integration {
  const functions = integration.functions.map(definition => {
    if (definition.access === 'write') return definition
    return {
      ...definition,
      async run(...args: Parameters<typeof definition.run>) {
        try {
          const result = await definition.run(...args)
          ended.set(definition.name, 'ok')
          return result
        } catch (error) {
          ended.set(definition.name, String(error))
          throw error
        }
      },
    }
  })
  return { ...integration, functions }
}

describe('a rehearsal', () => {
  it('takes every function that reads through to its end, without the network, proxy or not', async () => {
    const ended = new Map<string, string>()
    await rehearse(
      catalogue.map(integration => watched(integration, ended)),
      environment,
    )
    const reads = catalogue.flatMap(({ functions }) => functions.filter(({ access }) => access === 'read'))
    expect(Object.fromEntries(ended)).toEqual(Object.fromEntries(reads.map(({ name }) => [name, 'ok'])))
  })
})
