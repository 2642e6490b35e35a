import { readServerUrl } from '../../../shared/mattermost/server-url.ts'

/** A server for people: host and path, without the scheme; the text itself where it is no address. */
export function serverLabel(url: string): string {
  const read = readServerUrl(url)
  return read.kind === 'server' ? read.server.label : url
}
