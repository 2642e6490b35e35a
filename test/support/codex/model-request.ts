import { z } from 'zod'

const functionTool = z.looseObject({ type: z.string(), name: z.string().optional() })
const tool = functionTool.extend({ tools: z.array(functionTool).optional() })
const inputItem = z.looseObject({ type: z.string() })

const modelRequest = z.looseObject({
  model: z.string(),
  instructions: z.string().optional(),
  input: z.array(inputItem),
  tools: z.array(tool).optional(),
})

/** One question that Codex put to its model, as it was on the wire. */
export type ModelRequest = z.infer<typeof modelRequest>

/** One item of the conversation: a message, a call or the output of a call. */
export type ModelInput = z.infer<typeof inputItem>

/** A tool as the model is offered it; a namespace holds the tools of one MCP server. */
export interface ShownTool {
  readonly namespace: string | undefined
  readonly name: string
  readonly description: string
}

/** Parses the body of a Responses API request. */
export function parseModelRequest(body: string): ModelRequest {
  return modelRequest.parse(JSON.parse(body))
}

/** Lists all tools that this request offers, those found by an earlier tool search included. */
export function toolsShown(request: ModelRequest): ShownTool[] {
  const found = request.input.flatMap(item => z.array(tool).safeParse(item.tools).data ?? [])
  return [...(request.tools ?? []), ...found].flatMap(offered =>
    offered.type === 'namespace'
      ? (offered.tools ?? []).map(inner => shown(inner, offered.name))
      : [shown(offered, undefined)],
  )
}

function shown(offered: z.infer<typeof functionTool>, namespace: string | undefined): ShownTool {
  const description = typeof offered.description === 'string' ? offered.description : ''
  return { namespace, name: offered.name ?? offered.type, description }
}

/** The texts of all call outputs in a request, in order: what the model was shown of each result. */
export function outputsShown(request: ModelRequest): string[] {
  return request.input
    .filter(item => item.type.endsWith('_output'))
    .map(item => textOf(item.output ?? item.tools))
}

/** Joins the text parts of a message or of an output. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  const parts = z.array(z.looseObject({ text: z.string().optional() })).safeParse(content)
  return parts.success ? parts.data.map(part => part.text ?? '').join('\n') : JSON.stringify(content ?? null)
}
