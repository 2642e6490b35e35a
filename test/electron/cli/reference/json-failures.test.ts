import { describe, expect, it } from 'vitest'
import { EXIT } from '../../../../electron/cli/exit-codes.ts'
import { COMMAND_TABLE } from '../../../../electron/cli/reference/command-table.ts'
import { newCliHome, runKosmoWith } from '../../../support/cli/run-line.ts'

const names = COMMAND_TABLE.filter(({ flags }) => flags.some(({ name }) => name === 'json')).map(
  ({ name }) => name,
)

describe('a command that has --json', () => {
  it.each(names)('tells wrong usage in it too: %s', async name => {
    const { variables } = newCliHome()
    const run = await runKosmoWith([...name.split(' '), '--json', '--no-such-flag'], { variables })
    expect(run).toMatchObject({ code: EXIT.usage, stderr: '' })
    expect(run.json()).toMatchObject({ success: false, error: expect.anything() })
  })
})
