import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswerText, readBrokerLine } from '../../../electron/cli/broker-lines.ts'

const answer = (id: string, result: unknown) => JSON.stringify({ jsonrpc: '2.0', id, result })

describe('an answer that is passed on unread', () => {
  it('says with another id in it exactly what it said', () => {
    fc.assert(
      fc.property(fc.nat(), fc.dictionary(fc.string(), fc.jsonValue()), (id, result) => {
        const read = readAnswerText(answer(`c${id}`, result))
        expect(read?.id).toBe(`c${id}`)
        expect(JSON.parse(`{"jsonrpc":"2.0","id":0,${read?.tail}`)).toEqual(
          JSON.parse(answer('c0', result).replace('"c0"', '0')),
        )
      }),
    )
  })

  it.each([
    ['an error', '{"jsonrpc":"2.0","id":"c1","error":{"code":1,"message":"x"}}'],
    ['an id that is not one of ours', answer('handshake', {})],
    ['an id with a quote in it', answer('c1"', {})],
    ['a line that was cut', answer('c1', { content: [] }).slice(0, -1)],
    ['no object', answer('c1', 5)],
    ['a request', '{"jsonrpc":"2.0","id":"c1","method":"elicitation/create","params":{}}'],
    ['another order', '{"id":"c1","jsonrpc":"2.0","result":{}}'],
  ])('%s is read like any other line', (_, line) => {
    expect(readAnswerText(line)).toBeUndefined()
    expect(readBrokerLine(line).kind).toBeDefined()
  })
})
