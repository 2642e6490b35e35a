import type { StdioClient, ToolResult } from '../setup/stdio-client.ts'

/** Calls a tool. @throws where it answers with an error, which would be the fastest call of all */
export async function goodCall(
  client: StdioClient,
  tool: string,
  args: Record<string, unknown>,
): Promise<ToolResult> {
  const result = await client.call(tool, args)
  if (result.isError) throw new Error(`${tool}: ${result.text.slice(0, 300)}`)
  return result
}
