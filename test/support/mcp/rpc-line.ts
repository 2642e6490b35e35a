export type RpcId = string | number

/** One line of the server: an answer, or with `method` a request or notification of its own. */
export type RpcLine = {
  id?: RpcId | null
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { code: number; message: string }
  /** The line as it came. */
  text: string
}

/** Reads a line of the server's stdout; undefined where it is no proper JSON-RPC message. */
export function readRpcLine(text: string): RpcLine | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const message = value as Record<string, unknown>
  const known = ['jsonrpc', 'id', 'method', 'params', 'result', 'error']
  const kinds = ['method', 'result', 'error'].filter(member => Object.hasOwn(message, member))
  const proper = message.jsonrpc === '2.0' && kinds.length === 1 && Object.keys(message).every(isKnown)
  return proper ? { ...(message as Omit<RpcLine, 'text'>), text } : undefined

  function isKnown(member: string): boolean {
    return known.includes(member)
  }
}

/** The text of a tool's result. */
export function resultText(line: RpcLine): string {
  const content = line.result?.content
  const [first] = Array.isArray(content) ? (content as { text?: string }[]) : []
  return first?.text ?? ''
}
