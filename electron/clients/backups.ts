import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientId } from '../../shared/clients/client-facts.ts'
import { writeWhole } from '../broker/whole-file.ts'
import { sha256 } from '../sha256.ts'

/** Copies of a client's settings that are kept; those that a receipt needs stay besides. */
const KEPT = 10

/**
 * Keeps a copy of settings in our folder, which is the person's alone: settings hold tokens of others.
 *
 * @param needed paths of copies that must stay
 * @returns its path
 * @throws what the file system says
 */
export function keepBackup(
  kosmoHome: string,
  { client, text, at }: { client: ClientId; text: string; at: number },
  needed: readonly string[],
): string {
  const folder = join(kosmoHome, 'clients', 'backups')
  const stamp = new Date(at).toISOString().replace(/[:.]/g, '-')
  const path = join(folder, `${client}-${stamp}-${sha256(text).slice(0, 8)}.bak`)
  writeWhole(path, text)
  const copies = readdirSync(folder)
    .filter(name => name.startsWith(`${client}-2`) && name.endsWith('.bak'))
    .sort()
    .map(name => join(folder, name))
  for (const old of copies.slice(0, -KEPT)) {
    if (!needed.includes(old) && old !== path) rmSync(old, { force: true })
  }
  return path
}

/** The text of a copy, where it is still what it was. */
export function readBackup(path: string, hash: string): string | undefined {
  try {
    const bytes = readFileSync(path)
    if (sha256(bytes) !== hash) return undefined
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
