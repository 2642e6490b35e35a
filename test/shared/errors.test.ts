import { describe, expect, it } from 'vitest'
import { assertNever } from '../../shared/assert-never.ts'
import { errorLine, KosmoError, readErrorLine } from '../../shared/errors.ts'

describe('errorLine', () => {
  it.each([
    [{}, 'ERROR: It failed. [network]'],
    [{ status: 403 }, 'ERROR: It failed. [network, HTTP 403]'],
    [{ status: undefined, serverError: undefined, requestId: undefined }, 'ERROR: It failed. [network]'],
    [
      { status: 404, serverError: 'app.x', requestId: 'r1' },
      'ERROR: It failed. [network, HTTP 404, app.x, request r1]',
    ],
  ])('with facts %j', (facts, line) => {
    expect(errorLine(new KosmoError('network', 'It failed.', facts))).toBe(line)
  })
})

describe('readErrorLine', () => {
  it('gives back what errorLine was made of, whatever stands in the sentence', () => {
    const facts = { status: 404, serverError: 'app.x' }
    for (const message of ['It failed.', 'In [brackets].\nTwo lines.', 'ERROR: [x]']) {
      expect(readErrorLine(errorLine(new KosmoError('network', message, facts)))).toEqual({
        message,
        facts: ['network', 'HTTP 404', 'app.x'],
      })
    }
    expect(readErrorLine('It failed.')).toBeUndefined()
  })
})

describe('assertNever', () => {
  it('throws should a case arrive that cannot', () => {
    expect(() => assertNever({ kind: 'new' } as never)).toThrow('new')
  })
})
