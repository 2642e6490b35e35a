import { version } from '../../package.json'

/** What the server says it is; `name` can be chosen with `--name=`. */
export function serverInfo(name: string): { name: string; title: string; version: string } {
  return { name, title: 'KosmoKrator', version }
}
