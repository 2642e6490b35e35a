import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHandshake } from '../../../../electron/gateway/stdio/handshake.ts'

function formsOf(elicitation: unknown): boolean | undefined {
  const read = readHandshake({ protocolVersion: '2025-06-18', capabilities: { elicitation } })
  return read.kind === 'handshake' ? read.client.capabilities.elicitation !== undefined : undefined
}

describe('readHandshake', () => {
  it('never throws, and takes a handshake only with a version', () => {
    const given = fc.record(
      {
        protocolVersion: fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 1 })),
        capabilities: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.record({ elicitation: fc.jsonValue() })),
        clientInfo: fc.oneof(
          fc.jsonValue({ maxDepth: 1 }),
          fc.record({ name: fc.jsonValue({ maxDepth: 1 }) }),
        ),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    fc.assert(
      fc.property(given, params => {
        const read = readHandshake(params)
        if (read.kind === 'refused') {
          expect(read.error.code).toBe(-32602)
          return
        }
        expect(read.client.protocolVersion).toBe(params.protocolVersion)
        expect(typeof read.client.clientInfo.name).toBe('string')
        expect(typeof read.client.clientInfo.version).toBe('string')
        expect([{}, { elicitation: { form: {} } }]).toContainEqual(read.client.capabilities)
      }),
    )
  })

  it('keeps name and version, and gives defaults for what is missing', () => {
    const clientInfo = { name: 'codex-mcp-client', version: '0.169.0', title: 'Codex' }
    expect(readHandshake({ protocolVersion: 'x', clientInfo })).toMatchObject({
      client: { clientInfo: { name: 'codex-mcp-client', version: '0.169.0' } },
    })
    expect(readHandshake({ protocolVersion: 'x' })).toMatchObject({
      client: { clientInfo: { name: 'unknown', version: '' }, capabilities: {} },
    })
  })

  it('keeps the beginning of what is endless', () => {
    const endless = 'n'.repeat(1_000_000)
    const read = readHandshake({ protocolVersion: endless, clientInfo: { name: endless, version: endless } })
    expect(JSON.stringify(read).length).toBeLessThan(1_000)
  })

  it.each([
    [{}, true],
    [{ form: {} }, true],
    [{ form: {}, url: {} }, true],
    [{ url: {} }, false],
    [{ form: null }, false],
    [{ form: true }, false],
    [{ form: [] }, false],
    [true, false],
    [null, false],
    [[], false],
    ['form', false],
    [undefined, false],
  ])('an elicitation of %j means forms: %j', (elicitation, forms) => {
    expect(formsOf(elicitation)).toBe(forms)
  })
})
