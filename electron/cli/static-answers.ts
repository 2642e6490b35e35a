import { answerTexts } from 'virtual:answer-texts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import type { StaticAnswers } from '../gateway/stdio/client-session.ts'

/** Ids of all integrations. */
export const integrationIds: readonly string[] = answerTexts.integrations

/** Whether a tool changes something, by whichever of its names it is called. */
export function isWriteTool(tool: string): boolean {
  return answerTexts.writeTools.includes(tool)
}

/**
 * The answers that the SDK's server would give, put together from texts that the build made of the catalogue.
 * `listCanChange`: a broker decides what is listed.
 */
export function staticAnswers(
  { name, integrations, write }: ServeOptions,
  listCanChange: boolean,
): StaticAnswers {
  const { protocolVersions, info, instructions, tools } = answerTexts
  const listed = tools.filter(
    tool => integrations.includes(tool.integration) && (!tool.writes || write !== 'deny'),
  )
  return {
    initialize(asked) {
      const protocolVersion = protocolVersions.includes(asked) ? asked : protocolVersions[0]
      const serverInfo = { name, ...info }
      return JSON.stringify({
        protocolVersion,
        capabilities: { tools: listCanChange ? { listChanged: true } : {} },
        serverInfo,
        instructions: instructions[write],
      })
    },
    toolsList: `{"tools":[${listed.map(tool => tool.json).join(',')}]}`,
  }
}
