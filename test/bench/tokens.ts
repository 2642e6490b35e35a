import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base'

/** Tokens of a text as o200k counts them, the encoding of the models behind Codex. */
export function countTokens(text: string): number {
  // Words that mean something to a model as tokens are plain text here.
  return count(text, { disallowedSpecial: new Set() })
}
