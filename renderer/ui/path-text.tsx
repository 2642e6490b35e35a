import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'
import { shortPath } from './short-path.ts'

/** A folder or file, as `~/…` where it is in the person's home. */
export function PathText({ path, home }: { path: string; home: string }) {
  const line = cleanLine(shortPath(path, home))
  return (
    <bdi className="path mono faint" title={cleanLine(path)}>
      {line === '' ? '(no folder)' : ellipsis(line, 200)}
    </bdi>
  )
}
