import { startServer } from './sdk.ts'
import { serverInfo } from './server-info.ts'

/** Runs a handshake and a call through a server that nobody sees: what has run before runs faster. */
export function rehearseServer(): void {
  const callTool = async () => ({ content: [] })
  const link = startServer(
    { info: serverInfo('rehearsal'), instructions: '', tools: () => [], callTool },
    () => undefined,
  )
  const clientInfo = { name: 'rehearsal', version: '' }
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }
  link.receive({ jsonrpc: '2.0', id: 'handshake', method: 'initialize', params })
  link.receive({ jsonrpc: '2.0', method: 'notifications/initialized' })
  link.receive({ jsonrpc: '2.0', id: 'call', method: 'tools/call', params: { name: 'rehearsal' } })
}
