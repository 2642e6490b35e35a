import { describe, expect, it } from 'vitest'
import {
  CODEX_SINCE,
  canAll,
  isAtLeast,
  parseCodexVersion,
} from '../../../../shared/clients/codex/version.ts'

describe('a version of Codex', () => {
  it.each([
    ['codex-cli 0.169.0\n', [0, 169, 0]],
    ['codex-cli 0.144.0-alpha.2', [0, 144, 0]],
    ['1.2.3', [1, 2, 3]],
    ['codex-cli', undefined],
    ['', undefined],
    ['99999999.1.1', undefined],
  ])('is read from %j', (printed, version) => {
    expect(parseCodexVersion(printed)).toEqual(version)
  })

  it('is compared by its parts, not as text', () => {
    expect(isAtLeast([0, 144, 0], [0, 144, 0])).toBe(true)
    expect(isAtLeast([0, 143, 9], [0, 144, 0])).toBe(false)
    expect(isAtLeast([0, 1000, 0], [0, 144, 0])).toBe(true)
    expect(isAtLeast([1, 0, 0], [0, 144, 0])).toBe(true)
    expect(isAtLeast([0, 156, 0], CODEX_SINCE.longNames)).toBe(false)
  })

  it('counts for nothing where one is older, unknown or missing', () => {
    const since = CODEX_SINCE.writesMode
    expect(
      canAll(
        [
          [0, 169, 0],
          [0, 144, 0],
        ],
        since,
      ),
    ).toBe(true)
    expect(
      canAll(
        [
          [0, 169, 0],
          [0, 143, 0],
        ],
        since,
      ),
    ).toBe(false)
    expect(canAll([[0, 169, 0], undefined], since)).toBe(false)
    expect(canAll([], since)).toBe(false)
  })
})
