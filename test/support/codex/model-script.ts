import { type ModelInput, type ModelRequest, outputsShown, textOf, toolsShown } from './model-request.ts'

const step = /^(CALL|EXEC|SEARCH) (.+)$/

/**
 * The scripted model's next move. The last user message that holds a script says what to do, one line per
 * turn, then it repeats what it was shown:
 * `CALL <tool> <json>` calls a tool by its bare name, `SEARCH <json>` looks for deferred tools, and
 * `EXEC <js>` runs code, for the models to which Codex offers nothing else.
 */
export function nextItem(request: ModelRequest, id: string): ModelInput {
  const at = request.input.findLastIndex(item => isScript(item))
  const script = scriptOf(request.input[at])
  const outputs = outputsShown({ ...request, input: request.input.slice(at + 1) })
  const line = script[outputs.length]
  if (line === undefined) return message(id, `FINAL ${outputs.join('\n')}`)
  const [, verb, rest = ''] = step.exec(line) ?? []
  const call = { call_id: `call_${id}_${outputs.length}` }
  if (verb === 'EXEC') return { type: 'custom_tool_call', ...call, name: 'exec', input: rest }
  if (verb === 'SEARCH') {
    return { type: 'tool_search_call', ...call, execution: 'client', arguments: JSON.parse(rest) }
  }
  const [wanted = '', ...json] = rest.split(' ')
  return { type: 'function_call', ...call, ...address(request, wanted), arguments: json.join(' ') || '{}' }
}

function address(request: ModelRequest, wanted: string): { name: string; namespace?: string } {
  const found = toolsShown(request).find(tool => tool.name === wanted)
  // A tool that is not offered is called all the same: models do that, and Codex has to say so.
  return found?.namespace ? { name: found.name, namespace: found.namespace } : { name: wanted }
}

function isScript(item: ModelInput): boolean {
  return scriptOf(item).length > 0
}

function scriptOf(item: ModelInput | undefined): string[] {
  if (item?.type !== 'message' || item.role !== 'user') return []
  return textOf(item.content)
    .split('\n')
    .filter(line => step.test(line))
}

function message(id: string, text: string): ModelInput {
  return { type: 'message', role: 'assistant', id: `msg_${id}`, content: [{ type: 'output_text', text }] }
}
