// An MCP server that does nothing, with canned answers: what Node itself costs, and what ours is compared with.
const read = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }
const tools = ['one', 'two', 'three', 'four', 'five', 'six'].map(name => ({
  name: `floor_${name}`,
  description: 'Does nothing, and says so in a sentence of about the usual length.',
  inputSchema: read,
}))
const answers = {
  initialize: {
    protocolVersion: '2025-11-25',
    capabilities: { tools: {} },
    serverInfo: { name: 'floor', version: '1' },
  },
  'tools/list': { tools },
  'tools/call': { content: [{ type: 'text', text: 'nothing' }] },
}

let rest = ''
process.stdin.on('data', chunk => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const { id, method } = JSON.parse(line)
    if (id === undefined) continue
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] ?? {} })}\n`)
  }
})
process.stdin.on('end', () => process.exit(0))
