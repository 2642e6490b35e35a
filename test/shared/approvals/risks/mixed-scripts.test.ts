import { describe, expect, it } from 'vitest'
import { mixedScriptsIn } from '../../../../shared/approvals/risks/mixed-scripts.ts'

describe('mixedScriptsIn', () => {
  it.each([
    ['a Cyrillic a', 'log in to p\u0430ypal now', ['p\u0430ypal']],
    ['a Greek o', 'g\u03bfogle', ['g\u03bfogle']],
    ['a Latin e in a Cyrillic word', '\u041f\u0440\u0438\u0432e\u0442', ['\u041f\u0440\u0438\u0432e\u0442']],
    ['two words, each once', 'p\u0430y p\u0430y s\u0435nd', ['p\u0430y', 's\u0435nd']],
    ['in a link', 'https://p\u0430ypal.com', ['p\u0430ypal']],
  ])('finds %s', (_, text, words) => {
    expect(mixedScriptsIn(text)).toEqual(words)
  })

  it.each(['plain words, naïve Ärger', 'Привет мир, IT-отдел', 'αλφα βήτα', '10 μm, Δx, 5μs', 'x日本', ''])(
    'finds none in %j',
    text => {
      expect(mixedScriptsIn(text)).toEqual([])
    },
  )

  it('names at most 20, none of them long, without what does not show', () => {
    const words = Array.from({ length: 30 }, (_, nth) => `w\u0430${nth}`).join(' ')
    expect(mixedScriptsIn(words)).toHaveLength(20)
    expect(mixedScriptsIn(`\u0430${'x'.repeat(70)}`)[0]).toHaveLength(60)
  })
})
