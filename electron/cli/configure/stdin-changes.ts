import { addAbortSignal, type Readable } from 'node:stream'
import * as z from 'zod'
import { isAccountName } from '../../broker/accounts/accounts.ts'
import type { Changes } from '../../broker/configure/changes.ts'
import { readPermissions, UsageError } from './changes.ts'

/** An account is some hundred characters. */
const MAX_BYTES = 65_536

/** Whoever pipes something in has it at hand; a pipe that stays open is an agent's that holds nothing. */
const WAIT_MS = 30_000

const values = z.record(z.string(), z.string())

const schema = z.strictObject({
  account: z.string().optional(),
  scope: z.string().optional(),
  set: values.optional(),
  credentials: values.optional(),
  unset: z.array(z.string()).optional(),
  enabled: z.boolean().optional(),
  permissions: z.strictObject({ read: z.string().optional(), write: z.string().optional() }).optional(),
})

/** Adds what `--stdin-json` reads to the changes; what flags say goes before it. @throws UsageError */
export function withStdin(changes: Changes, namesAccount: boolean, text: string): Changes {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UsageError('what came on stdin is not JSON')
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    // Neither zod's message nor a key of theirs: both may hold a value in the wrong place.
    const [issue] = parsed.error.issues
    const [field] = issue?.path ?? []
    const where = field !== undefined && Object.hasOwn(schema.shape, field) ? `"${String(field)}" in ` : ''
    throw new UsageError(
      `${where}the JSON on stdin is not understood; it has account, set, unset, enabled and permissions {read, write}`,
    )
  }
  const { account, scope, set, credentials, unset, enabled, permissions } = parsed.data
  if (scope !== undefined && scope !== 'global')
    throw new UsageError('"scope" on stdin is global or left out')
  if (account !== undefined && !isAccountName(account)) {
    throw new UsageError('"account" on stdin takes 1 to 64 letters, digits, ".", "_" and "-"')
  }
  const { read, write } = readPermissions(permissions ?? {})
  return {
    account: namesAccount ? changes.account : (account ?? changes.account),
    set: { ...credentials, ...set, ...changes.set },
    unset: [...(unset ?? []), ...changes.unset],
    enabled: changes.enabled ?? enabled,
    read: changes.read ?? read,
    write: changes.write ?? write,
    store: changes.store,
  }
}

/** All of stdin. @throws UsageError where it is a terminal, too long or does not end */
export async function readStdin(stdin: Readable & { isTTY?: boolean }): Promise<string> {
  if (stdin.isTTY) throw new UsageError('--stdin-json reads from a pipe or a file, and stdin is a terminal')
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of addAbortSignal(AbortSignal.timeout(WAIT_MS), stdin)) {
      size += chunk.length
      if (size > MAX_BYTES) throw new UsageError('what came on stdin is too long to be an account')
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`stdin could not be read, or did not end within ${WAIT_MS / 1000} seconds`)
  }
  return Buffer.concat(chunks).toString('utf8')
}
