import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { editText } from '../../../../electron/cli/terminal/editor.ts'

const leftovers = () => readdirSync(tmpdir()).filter(name => name.startsWith('kosmo-edit-'))

describe.runIf(process.platform !== 'win32')('the editor', () => {
  it.each([
    ["sed -i 's/Hello/Bye/'", 'Hello you', { kind: 'changed', text: 'Bye you' }],
    ['true', 'Hello', { kind: 'unchanged' }],
    // As editors do.
    ["sed -i '$a\\'", 'Hello', { kind: 'unchanged' }],
    ['false', 'Hello', { kind: 'failed', why: expect.stringMatching(/code 1/) }],
    ['/no/such/editor', 'Hello', { kind: 'failed', why: expect.stringMatching(/code 127/) }],
    ['truncate -s 0', 'Hello', { kind: 'failed', why: expect.stringMatching(/empty/) }],
    ["printf '\\377' >", 'Hello', { kind: 'failed', why: expect.stringMatching(/UTF-8/) }],
    ['truncate -s 400000', 'Hello', { kind: 'failed', why: expect.stringMatching(/too long/) }],
    ['rm -f', 'Hello', { kind: 'failed', why: expect.stringMatching(/ENOENT/) }],
    ["sh -c 'kill -9 $$'", 'Hello', { kind: 'failed', why: expect.stringMatching(/SIGKILL|code 137/) }],
  ])('%s', async (editor, text, edit) => {
    const before = leftovers()
    expect(await editText(text, { VISUAL: '', EDITOR: editor })).toEqual(edit)
    expect(leftovers()).toEqual(before)
  })

  it('VISUAL comes first, and without either nothing is decided', async () => {
    expect(await editText('x', { VISUAL: 'true', EDITOR: 'false' })).toEqual({ kind: 'unchanged' })
    expect(await editText('x', {})).toMatchObject({ kind: 'failed', why: expect.stringMatching(/EDITOR/) })
  })

  it('nobody else can read what is edited', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kosmo-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const note = join(folder, 'modes')
    const editor = `sh -c 'stat -c %a "$(dirname "$1")" "$1" > ${note}' sh`
    await editText('secret', { EDITOR: editor })
    expect(readFileSync(note, 'utf8')).toBe('700\n600\n')
  })
})
