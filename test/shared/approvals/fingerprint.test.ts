import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../../shared/approvals/fingerprint.ts'

const part = fc.oneof(
  fc.constantFrom('', 'a', '"', ',', '","', 'null', '\ud800', 'é', 'e\u0301'),
  fc.string(),
)
const content = fc.record(
  { account: part, server: part, channel: part, root: part, text: part },
  { requiredKeys: ['account', 'server', 'channel', 'text'] },
)

describe('fingerprint', () => {
  it('is the same for the same content and for no other', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        const parts = ({ account, server, channel, root, text }: typeof one) => [
          account,
          server,
          channel,
          root,
          text,
        ]
        const same = parts(one).every((value, index) => value === parts(other)[index])
        expect(fingerprint(one) === fingerprint(other)).toBe(same)
        expect(fingerprint({ ...one })).toBe(fingerprint(one))
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(['account', 'server', 'channel', 'root', 'text'])('changes with %s', key => {
    const whole = { account: 'a', server: 's', channel: 'c', root: 'r', text: 't' }
    expect(fingerprint({ ...whole, [key]: 'x' })).not.toBe(fingerprint(whole))
  })

  it('keeps the borders between the parts', () => {
    const whole = { account: 'a', server: 's', channel: 'c', text: 't' }
    expect(fingerprint({ ...whole, account: 'as', server: '' })).not.toBe(fingerprint(whole))
    expect(fingerprint({ ...whole, root: 'null' })).not.toBe(fingerprint(whole))
  })
})
