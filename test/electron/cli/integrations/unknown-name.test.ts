import { describe, expect, it } from 'vitest'
import {
  unknownCommand,
  unknownIntegrationCommand,
} from '../../../../electron/cli/integrations/unknown-name.ts'

describe('a command that there is not', () => {
  it.each([
    ['mcp:gateway:instal', 'there is no command "mcp:gateway:instal" (did you mean mcp:gateway:install?)'],
    ['docter', 'there is no command "docter" (did you mean doctor?)'],
    ['zzzzzzzzzzzzzzzzzzzz', 'there is no command "zzzzzzzzzzzzzzzzzzzz"'],
  ])('%s', (name, told) => {
    expect(unknownCommand(name)).toBe(told)
  })

  it('may be a mistyped one of integrations', () => {
    expect(unknownIntegrationCommand('configur')).toMatch(
      /^Unknown integration provider: configur\. .* Did you mean kosmo integrations:configure\?$/,
    )
  })
})
