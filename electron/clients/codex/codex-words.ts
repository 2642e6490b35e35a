import * as z from 'zod'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'

const startupError = z.looseObject({
  error: z.looseObject({ data: z.looseObject({ detail: z.string() }) }),
})

const configWarning = z.looseObject({ summary: z.string(), details: z.string().nullish() })

/** Words of Codex's own, for a sentence that says so: one line, short, nothing hidden in it. */
export function quoteCodex(words: string): string {
  return `“${ellipsis(cleanLine(words), 240)}”`
}

/** What Codex says of settings that it refuses, of all that it printed. */
export function complaintIn({ stdout, stderr }: { stdout: string; stderr: string }): string {
  for (const line of stdout.split('\n')) {
    const parsed = startupError.safeParse(parseJson(line))
    if (parsed.success) return parsed.data.error.data.detail
  }
  const lines = stderr.split('\n').map(line => line.trim())
  const at = lines.findIndex(line => /^Error: /.test(line))
  if (at === -1) return lines.find(line => line !== '') ?? ''
  // The place stands in the cause, on a line of its own.
  const cause = lines.slice(at).find(line => /:\d+:\d+/.test(line))
  return (cause ?? lines[at] ?? '').replace(/^Error: |^\d+: /, '')
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
