import { describe, expect, it } from 'vitest'
import { type CodexEntryParts, codexEntry } from '../../../../shared/clients/codex/codex-entry.ts'

const parts: CodexEntryParts = {
  command: '/usr/bin/node',
  args: ['k.cjs', 'mcp:serve'],
  env: {},
  envVars: ['A'],
  write: 'ask',
  writeTools: ['post'],
  versions: [[0, 169, 0]],
  waitSeconds: 240,
}

describe('our entry for Codex', () => {
  it('has nothing to approve where nothing is written', () => {
    expect(Object.keys(codexEntry({ ...parts, write: 'deny' }))).toEqual([
      'command',
      'args',
      'env_vars',
      'startup_timeout_sec',
      'tool_timeout_sec',
    ])
  })

  it.each(['ask', 'allow'] as const)(
    'under %s approves the tools that we ask about, never the server',
    write => {
      const entry = codexEntry({ ...parts, write })
      expect(entry).toMatchObject({
        default_tools_approval_mode: 'writes',
        tools: { post: { approval_mode: 'approve' } },
      })
    },
  )

  it.each([
    ['an older one', [[0, 143, 0]]],
    [
      'one of two',
      [
        [0, 169, 0],
        [0, 125, 0],
      ],
    ],
    ['one that does not tell', [undefined]],
    ['none', []],
  ] as const)('leaves the mode out that %s would not start with', (_, versions) => {
    expect(codexEntry({ ...parts, versions })).not.toHaveProperty('default_tools_approval_mode')
  })

  it('lets a call take longer than the longest wait', () => {
    expect(codexEntry(parts)).toMatchObject({ tool_timeout_sec: 600 })
    expect(codexEntry({ ...parts, waitSeconds: 3_600 })).toMatchObject({ tool_timeout_sec: 3_660 })
  })
})
