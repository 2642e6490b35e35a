import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Recorded = {
  status: number
  headers: Record<string, string | string[]>
  body?: string
  bodyTail?: string
  orderLength?: number
}

export type Entry = {
  name: string
  as: string
  request: { method: string; path: string; query?: string; headers?: Record<string, string>; body?: string }
  response?: Recorded & { closed?: string }
  replies?: (Recorded & { count: number })[]
}

type Ids = Record<string, string>

export type WorldFile = {
  ids: { users: Ids; bots: Ids; teams: Ids; channels: Ids; posts: Ids; files: Ids }
}

const FOLDER = fileURLToPath(new URL('../../../../shared/fixtures/mattermost-6.7.3/', import.meta.url))

/** Whether the recorded replies are there: they are not part of the repository. */
export const fixturesPresent = existsSync(FOLDER)

export function readEntries(name: string): Entry[] {
  return JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8'))
}

export function readWorldFile(): WorldFile {
  return JSON.parse(readFileSync(`${FOLDER}world.json`, 'utf8'))
}

/** A recorded request body as it was sent: runs of one character and bytes are written in a short form. */
export function sentBody(body: string | undefined): Buffer | undefined {
  if (body === undefined) return undefined
  const whole = body.replace(/<RUN (.+?) x (\d+)>/gu, (_, letter: string, count: string) =>
    letter.repeat(Number(count)),
  )
  const parts = whole.split(/<byte ([0-9A-F]{2})>/)
  return Buffer.concat(
    parts.map((part, nth) => (nth % 2 === 0 ? Buffer.from(part) : Buffer.from(part, 'hex'))),
  )
}

/** A recorded reply body with its runs written out. */
export function wholeText(body: string): string {
  return body.replace(/<RUN (.+?) x (\d+)>/gu, (_, letter: string, count: string) =>
    letter.repeat(Number(count)),
  )
}
