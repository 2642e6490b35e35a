import { expect, it } from 'vitest'
import { tomlFormat } from '../../../electron/clients/codex/toml-format.ts'
import { jsonFormat } from '../../../electron/clients/json/json-format.ts'
import { isOnlyEntryChanged } from '../../../electron/clients/only-entry-changed.ts'

const json = jsonFormat('mcpServers')

it.each([
  ['our entry came', 'a = 1\n', 'a = 1\n[mcp_servers.k]\nx = 1\n', true],
  ['our entry went', '[mcp_servers.k]\nx = 1\n[mcp_servers.o]\n', '[mcp_servers.o]\n', true],
  ['another value changed', 'a = 1\n', 'a = 2\n[mcp_servers.k]\n', false],
  ['another server went', '[mcp_servers.o]\n', '[mcp_servers.k]\n', false],
  ['another table fell into ours', '[t]\na = 1\n', '[mcp_servers.k]\na = 1\n', false],
  ['it is broken', 'a = 1\n', 'a = 1\n[mcp_servers.k\n', false],
])('of TOML in which %s it is told', (_, before, after, is) => {
  expect(isOnlyEntryChanged(tomlFormat, 'k', before, after)).toBe(is)
})

it.each([
  ['our entry came', '{}', '{"mcpServers": {"k": {}}}', true],
  ['another server changed', '{"mcpServers": {"o": 1}}', '{"mcpServers": {"o": 2, "k": {}}}', false],
  ['another member went', '{"a": 1}', '{"mcpServers": {"k": {}}}', false],
  ['a member came twice', '{"a": 1}', '{"a": 1, "a": 1}', false],
  ['it is broken', '{}', '{"mcpServers": {"k": {}}', false],
])('of JSON in which %s it is told', (_, before, after, is) => {
  expect(isOnlyEntryChanged(json, 'k', before, after)).toBe(is)
})
