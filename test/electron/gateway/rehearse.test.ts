import { Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { rehearse } from '../../../electron/gateway/rehearse.ts'
import { catalogue } from '../../../electron/integrations/catalogue.ts'
import type { Environment, Integration } from '../../../electron/integrations/integration.ts'

/** Whatever is done with it is noted. */
const journalled: PropertyKey[] = []
const journal = new Proxy({} as Environment['journal'], {
  get(_, name) {
    journalled.push(name)
    return () => undefined
  },
})

const environment: Environment = {
  variables: { HTTP_PROXY: 'http://127.0.0.1:1' },
  now: () => 0,
  monotonic: () => performance.now(),
  sleep: () => Promise.resolve(),
  random: () => 0,
  journal,
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
  it('takes every function that reads through to its end, without network, proxy and journal', async () => {
    const connect = vi.spyOn(Socket.prototype, 'connect')
    const ended = new Map<string, string>()
    await rehearse(
      catalogue.map(integration => watched(integration, ended)),
      environment,
      () => false,
    )
    const reads = catalogue.flatMap(({ functions }) => functions.filter(({ access }) => access === 'read'))
    expect(Object.fromEntries(ended)).toEqual(Object.fromEntries(reads.map(({ name }) => [name, 'ok'])))
    expect(connect).not.toHaveBeenCalled()
    expect(journalled).toEqual([])
  })

  it('waits while a client does', async () => {
    const ended = new Map<string, string>()
    let asked = 0
    let seen: number | undefined
    await rehearse(
      catalogue.map(integration => watched(integration, ended)),
      environment,
      () => {
        seen ??= ++asked === 3 ? ended.size : undefined
        return asked < 3
      },
    )
    expect(seen).toBe(0)
    expect(ended.size).toBeGreaterThan(0)
  })

  it('that cannot be had costs nobody anything', async () => {
    const broken = catalogue.map(integration => ({
      ...integration,
      rehearsal: () => {
        throw new Error('no rehearsal')
      },
    }))
    await expect(rehearse(broken, environment, () => false)).resolves.toBeUndefined()
  })
})
