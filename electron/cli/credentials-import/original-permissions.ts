import { parse } from 'yaml'
import * as z from 'zod'

/** What an original's configuration says about an integration; undefined where it says nothing. */
export type OriginalPermissions = {
  enabled: boolean | undefined
  read: Permission | undefined
  write: Permission | undefined
}

type Permission = 'allow' | 'ask' | 'deny'

export type ReadPermissions =
  | { kind: 'permissions'; permissions: OriginalPermissions }
  /** Nobody knows what it forbids. */
  | { kind: 'broken' }

const permission = z.enum(['allow', 'ask', 'deny']).optional().catch(undefined)
const section = z.record(z.string(), z.unknown()).catch({})
const integration = z
  .object({
    enabled: z.unknown().optional(),
    permissions: z.object({ read: permission, write: permission }).catch({}),
  })
  .catch({ enabled: undefined, permissions: {} })

/** Reads a `config.yaml` of an original KosmoKrator, under the name of its root in any of its versions. Pure. */
export function originalPermissions(text: string, id: string): ReadPermissions {
  let config: unknown
  try {
    config = parse(text, { maxAliasCount: 100, logLevel: 'error' })
  } catch {
    return { kind: 'broken' }
  }
  const root = section.parse(config ?? {})
  // The name of today goes before those that it had.
  const roots = [section.parse(root.kosmo), root, section.parse(root.kosmokrator)]
  const integrations = roots.map(each => section.parse(each.integrations))
  const own = integrations.map(each => integration.parse(each[id]))
  const fallback = first(integrations.map(each => permission.parse(each.permissions_default)))
  return {
    kind: 'permissions',
    permissions: {
      enabled: first(own.map(({ enabled }) => switchOf(enabled))),
      read: first(own.map(({ permissions }) => permissions.read)) ?? fallback,
      write: first(own.map(({ permissions }) => permissions.write)) ?? fallback,
    },
  }
}

function first<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  return values.find(value => value !== undefined)
}

/** As the original reads it: anything but true and `on` is off. */
function switchOf(value: unknown): boolean | undefined {
  return value === undefined ? undefined : value === true || value === 'on'
}
