import { expect, it } from 'vitest'
import { jsonFormat } from '../../../../electron/clients/json/json-format.ts'

const format = jsonFormat('mcpServers')

it('a comment stays on the line that it is about', () => {
  const text = '{\n  "mcpServers": {\n    "x": {} // mine\n  }\n}\n'
  expect(format.put(text, 'k', { a: 1 }).text).toBe(
    '{\n  "mcpServers": {\n    "x": {}, // mine\n    "k": {\n      "a": 1\n    }\n  }\n}\n',
  )
})

it('what is written on one line, with tabs or with four blanks goes on so', () => {
  expect(format.put('{"mcpServers":{}}\n', 'k', { a: 1 }).text).toBe('{"mcpServers":{"k": {"a":1}}}\n')
  expect(format.put('{\n\t"b": 1\n}', 'k', { a: 1 }).text).toBe(
    '{\n\t"b": 1,\n\t"mcpServers": {\n\t\t"k": {\n\t\t\t"a": 1\n\t\t}\n\t}\n}',
  )
  expect(format.put('{\r\n    "b": 1\r\n}', 'k', {}).text).toBe(
    '{\r\n    "b": 1,\r\n    "mcpServers": {\r\n        "k": {}\r\n    }\r\n}',
  )
})
