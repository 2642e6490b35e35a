import { cleanLine } from '../../text/clean.ts'
import { ellipsis } from '../../text/shorten.ts'

/** Cyrillic and Greek letters that look like Latin ones in most typefaces. */
const LOOKALIKE = new RegExp(
  '[\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445' +
    '\u0405\u0406\u0408\u0455\u0456\u0458\u04ae\u04af\u04bb\u04cf\u0501\u051b\u051d' +
    '\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7' +
    '\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03c7\u03f2\u03f3]',
)
const WORD = /[\p{L}\p{M}\p{N}]+/gu
const LATIN = /\p{Script=Latin}/u

const MAX_WORDS = 20
const MAX_WORD = 60

/** Words of Latin letters with Cyrillic or Greek ones among them that look the same, each once, at most 20. */
export function mixedScriptsIn(text: string): string[] {
  const found = new Set<string>()
  if (!LOOKALIKE.test(text)) return []
  for (const [word] of text.matchAll(WORD)) {
    if (!LOOKALIKE.test(word) || !LATIN.test(word)) continue
    found.add(ellipsis(cleanLine(word), MAX_WORD))
    if (found.size === MAX_WORDS) break
  }
  return [...found]
}
