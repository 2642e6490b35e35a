import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf } from '../../../../support/tools/outputs.ts'

let town: Town
let proxy: Server
let seen: string[]
beforeEach(async () => {
  town = await openTown()
  seen = []
  proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers.authorization ?? ''}`)
    response.writeHead(502).end()
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  proxy.closeAllConnections()
  await new Promise(resolve => proxy.close(resolve))
  await town.close()
})

describe('a server on this machine', () => {
  it.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])(
    'is asked directly: the proxy of %s never sees the token, which plain http would show it',
    async variable => {
      vi.stubEnv(variable, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
      const result = await town.tools.call('get_current_user')
      expect(seen).toEqual([])
      expect(dataOf(result).user.username).toBe('alice')
    },
  )
})
