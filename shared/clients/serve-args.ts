import type { ServeOptions } from '../protocol/hello.ts'
import { DEFAULT_RESULT_CHARACTERS } from '../results/limits.ts'

/** The arguments of `kosmo mcp:serve` for options of it; what is the default anyway is left out, but for the policy. */
export function serveArgs({ integrations, write, account, maxResultCharacters }: ServeOptions): string[] {
  return [
    'mcp:serve',
    ...integrations.map(id => `--integration=${id}`),
    `--write=${write}`,
    ...(account === 'default' ? [] : [`--account=${account}`]),
    ...(maxResultCharacters === DEFAULT_RESULT_CHARACTERS
      ? []
      : [`--max-result-chars=${maxResultCharacters}`]),
  ]
}
