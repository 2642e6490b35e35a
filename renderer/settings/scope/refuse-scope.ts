import { readScope } from '../../../shared/mattermost/scope.ts'
import { scopeWords } from './scope-choice.ts'

/**
 * Why a text cannot limit an account; undefined where it can. An empty one is refused: stored, it would be no limit at
 * all.
 */
export function refuseScope(text: string): string | undefined {
  if (scopeWords(text).length === 0) {
    return 'Nothing is chosen yet. Choose at least one team, channel or person, or Everything.'
  }
  const read = readScope(text)
  return read.kind === 'refused' ? `This cannot be used: ${read.why}.` : undefined
}
