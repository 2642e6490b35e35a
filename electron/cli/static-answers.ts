import { answerTexts } from 'virtual:answer-texts'
import type { ServeOptions } from '../gateway/serve-options.ts'
import type { StaticAnswers } from '../gateway/stdio/client-session.ts'

/** Ids of all integrations. */
export const integrationIds: readonly string[] = answerTexts.integrations

/** The answers that the SDK's server would give, put together from texts that the build made of the catalogue. */
export function staticAnswers({ name, integrations, write }: ServeOptions): StaticAnswers {
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
        capabilities: { tools: {} },
        serverInfo,
        instructions: instructions[write],
      })
    },
    toolsList: `{"tools":[${listed.map(tool => tool.json).join(',')}]}`,
  }
}
