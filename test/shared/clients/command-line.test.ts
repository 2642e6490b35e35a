import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commandLine } from '../../../shared/clients/command-line.ts'

it('is read by a shell as the words that it was made of', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter(each => !each.includes('\0'))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), words => {
      const show = 'process.stdout.write(JSON.stringify([process.env.X, ...process.argv.slice(1)]))'
      const line = commandLine(
        { command: process.execPath, args: ['-e', show, '--', ...words], env: { X: "it's" } },
        'linux',
      )
      expect(JSON.parse(String(execFileSync('/bin/sh', ['-c', line])))).toEqual(["it's", ...words])
    }),
    { numRuns: 15 },
  )
})

it('is PowerShell’s on Windows', () => {
  const server = { command: 'C:\\Program Files\\node.exe', args: ["it's"], env: { A: 'b' } }
  expect(commandLine(server, 'win32')).toBe("$env:A = 'b'; & 'C:\\Program Files\\node.exe' 'it''s'")
})
