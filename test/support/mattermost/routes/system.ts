import { configFor } from '../client-config.ts'
import { AppError, badBodyParam } from '../errors.ts'
import { type Exchange, isNewer } from '../exchange.ts'
import { jsonReply, type Reply } from '../reply.ts'
import type { Route } from './routes.ts'

export const systemRoutes: Route[] = [
  { method: 'GET', path: '/system/ping', handler: ping, session: false },
  { method: 'GET', path: '/config/client', handler: clientConfig, session: false },
]

/** Plain ping is 200 even with the database down; with the server's status it is 500 then, unless asked otherwise. */
function ping(exchange: Exchange): Reply {
  const base = { AndroidLatestVersion: '', AndroidMinVersion: '', IosLatestVersion: '', IosMinVersion: '' }
  if (exchange.query.get('get_server_status') !== 'true') {
    return jsonReply(200, { ...base, status: 'OK' }, { bare: true })
  }
  const status = exchange.state.settings.databaseDown ? 'UNHEALTHY' : 'OK'
  const parts = { database_status: status, filestore_status: 'OK', status }
  const lenient = exchange.query.get('use_rest_semantics') === 'true'
  const reply = jsonReply(status === 'OK' || lenient ? 200 : 500, { ...base, ...parts }, { bare: true })
  // The same three come as headers (seen on 6.7.3).
  for (const [name, value] of Object.entries(parts)) reply.headers.push([name, value])
  return reply
}

function clientConfig(exchange: Exchange): Reply {
  const format = exchange.query.get('format') ?? ''
  if (!isNewer(exchange)) {
    if (format === '') throw new AppError(501, 'api.config.client.old_format.app_error')
    if (format !== 'old') throw badBodyParam('format')
  }
  return jsonReply(200, configFor(exchange.state, exchange.person !== undefined), { bare: true })
}
