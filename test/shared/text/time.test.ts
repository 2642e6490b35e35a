import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactTime, parseTime } from '../../../shared/text/time.ts'

const now = Date.UTC(2026, 10, 22, 17)

const at = (input: string | number): number | undefined => {
  const parsed = parseTime(input, now)
  return parsed.kind === 'time' ? parsed.at : undefined
}

describe('exactTime', () => {
  it('is UTC to the millisecond, and can be read back', () => {
    expect(exactTime(now + 123)).toBe('2026-11-22T17:00:00.123Z')
    fc.assert(
      fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), ms => {
        expect(exactTime(ms)).toBe(new Date(ms).toISOString())
      }),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1, -8.64e15 - 1])('of %d is unknown', ms => {
    expect(exactTime(ms)).toBe('unknown')
  })
})

describe('parseTime', () => {
  it('never throws, and gives only times that are and are not in the future', () => {
    const input = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.stringMatching(/^[0-9:TZ +.hdmw-]{1,30}$/),
    )
    fc.assert(
      fc.property(input, given => {
        const parsed = parseTime(given, now)
        if (parsed.kind !== 'time') return
        expect(Number.isFinite(parsed.at)).toBe(true)
        expect(parsed.at).toBeLessThanOrEqual(now + 300_000)
      }),
    )
  })

  it.each([
    ['2026-11-22', Date.UTC(2026, 10, 22)],
    ['2026-11-22T09:30', Date.UTC(2026, 10, 22, 9, 30)],
    ['2026-11-22 09:30', Date.UTC(2026, 10, 22, 9, 30)],
    ['2026-11-22T09:30:15', Date.UTC(2026, 10, 22, 9, 30, 15)],
    ['2026-11-22T09:30:15.5Z', Date.UTC(2026, 10, 22, 9, 30, 15, 500)],
    ['2026-11-22t09:30z', Date.UTC(2026, 10, 22, 9, 30)],
    ['2026-11-22T09:30+02:00', Date.UTC(2026, 10, 22, 7, 30)],
    ['2026-11-22T09:30-0130', Date.UTC(2026, 10, 22, 11)],
    [' 2026-11-22 ', Date.UTC(2026, 10, 22)],
    ['30m', now - 1_800_000],
    ['30min', now - 1_800_000],
    ['2h', now - 7_200_000],
    ['3D', now - 3 * 86_400_000],
    ['1 w', now - 7 * 86_400_000],
    ['999999w', 0],
    ['1795366800000', 1_795_366_800_000],
    [1_795_366_800_000, 1_795_366_800_000],
    [1_795_366_800, 1_795_366_800_000],
  ])('reads %j', (input, expected) => {
    expect(at(input)).toBe(expected)
  })

  it.each([
    ['2026-11-22T09:30 Z', Date.UTC(2026, 10, 22, 9, 30)],
    ['2026-11-22T09:30 +02:00', Date.UTC(2026, 10, 22, 7, 30)],
    ['2026-11-22 09:30 Z', Date.UTC(2026, 10, 22, 9, 30)],
  ])('reads %j, with a blank before the zone', (input, expected) => {
    expect(at(input)).toBe(expected)
  })

  it('says so where it read seconds', () => {
    expect(parseTime(1_795_366_800, now)).toMatchObject({ note: expect.stringContaining('seconds') })
    expect(parseTime(1_795_366_800_000, now)).not.toHaveProperty('note')
  })

  it.each(['', 'now', 'yesterday', '-2h', '2x', '1.5', '1e3', 'NaN', '2026-13-01', '22.11.2026', '0', 0, -5])(
    'refuses %j and says what to write',
    input => {
      expect(parseTime(input, now)).toMatchObject({ kind: 'not-a-time', why: expect.any(String) })
    },
  )

  it.each(['2026-02-30', '2025-02-29', '2026-11-31T09:00Z'])('refuses %s, a day that is not', input => {
    expect(parseTime(input, Date.UTC(2027, 0))).toMatchObject({ kind: 'not-a-time' })
  })

  it.each(['2026-11-22T17:06', '2030-01-01', 1_900_000_000, '9999999999999999'])(
    'refuses %j, the future',
    input => {
      expect(parseTime(input, now)).toEqual({ kind: 'not-a-time', why: expect.stringContaining('future') })
    },
  )

  it('takes a clock that is a little ahead', () => {
    expect(at(now + 300_000)).toBe(now + 300_000)
    expect(at(now + 300_001)).toBeUndefined()
  })
})
