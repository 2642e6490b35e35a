import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Megabytes of files below a folder, counting what is there while others still write to it. */
export async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(entry =>
        stat(join(entry.parentPath, entry.name)).then(
          found => found.size,
          () => 0,
        ),
      ),
  )
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1_000_000)
}
