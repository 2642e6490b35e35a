import * as z from 'zod'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'

const startupError = z.looseObject({
  error: z.looseObject({ data: z.looseObject({ detail: z.string() }) }),
})

const configWarning = z.looseObject({ summary: z.string(), details: z.string().nullish() })

/** Words of Codex's own, for a sentence that says so: one line, short, without the values that it quotes. */
export function quoteCodex(words: string): string {
  return `“${ellipsis(cleanLine(words).replace(/"(?:[^"\\]|\\.)*"/g, '"…"'), 240)}”`
}

/** What Codex says of settings that it refuses, of all that it printed. */
export function complaintIn({ stdout, stderr }: { stdout: string; stderr: string }): string {
  for (const line of stdout.split('\n')) {
    const parsed = startupError.safeParse(parseJson(line))
    if (parsed.success) return parsed.data.error.data.detail
  }
  const lines = stderr.split('\n').map(line => line.trim())
  const at = lines.findIndex(line => line.startsWith('Error: '))
  if (at === -1) return lines.find(line => line !== '') ?? ''
  // What it is about stands in the cause: where, or in which key.
  const cause = lines.indexOf('Caused by:', at)
  if (cause === -1) return (lines[at] ?? '').replace('Error: ', '')
  const [first = '', second = ''] = lines.slice(cause + 1)
  const what = first.replace(/^0: /, '')
  return second.startsWith('in `') ? `${what} ${second}` : what
}

/** The complaint in a `configWarning` that says that Codex goes on without any settings; undefined for others. */
export function refusedSettings(params: unknown): string | undefined {
  const parsed = configWarning.safeParse(params)
  if (!parsed.success || !parsed.data.summary.startsWith('Invalid configuration')) return undefined
  return parsed.data.details ?? parsed.data.summary
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
