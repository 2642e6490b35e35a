import { startDeadline } from '../../deadline.ts'
import type { MattermostClient } from '../http/client.ts'
import { route } from '../http/route.ts'

const MAX_BYTES = 256 * 1024

/** A face is no reason to wait. */
const DEADLINE_MS = 5_000

/** By its first bytes: what a server says of a file's type is worth nothing. */
const KINDS: [type: string, start: Buffer][] = [
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['image/jpeg', Buffer.from('ffd8ff', 'hex')],
  ['image/gif', Buffer.from('GIF87a')],
  ['image/gif', Buffer.from('GIF89a')],
]

/** A person's picture as a `data:` URL; undefined for whatever reason there is none that can be shown. */
export async function pictureOf(
  client: Pick<MattermostClient, 'readRaw'>,
  userId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const deadline = startDeadline(signal, DEADLINE_MS)
  try {
    const { status, body } = await client.readRaw(route`/users/${userId}/image`, {
      signal: deadline.signal,
      maxBytes: MAX_BYTES,
    })
    if (status !== 200 || body.length > MAX_BYTES) return undefined
    const kind = KINDS.find(([, start]) => body.subarray(0, start.length).equals(start))
    return kind && `data:${kind[0]};base64,${body.toString('base64')}`
  } catch {
    return undefined
  } finally {
    deadline.clear()
  }
}
