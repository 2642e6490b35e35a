import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAX_TEXT } from '../../../shared/approvals/approval.ts'
import { faultCode } from '../../broker/fault-code.ts'
import type { Edit } from './watch-state.ts'

/**
 * Lets the person change a text in `$VISUAL` or `$EDITOR`, in a file that nobody else can read and that is gone
 * afterwards. Whatever goes wrong is a failure and decides nothing.
 */
export async function editText(
  text: string,
  variables: Record<string, string | undefined>,
  platform: NodeJS.Platform = process.platform,
): Promise<Edit> {
  const editor = variables.VISUAL?.trim() || variables.EDITOR?.trim()
  if (!editor) return failed('no editor is known; set VISUAL or EDITOR.')
  let folder: string | undefined
  try {
    // 0700, under a name that nobody knows beforehand.
    folder = await mkdtemp(join(tmpdir(), 'kosmo-edit-'))
    const file = join(folder, 'post.md')
    await writeFile(file, text, { mode: 0o600, flag: 'wx' })
    const why = await run(editor, file, platform)
    return why === undefined ? await readBack(file, text) : failed(why)
  } catch (error) {
    return failed(`the file for the editor could not be used (${faultCode(error)}).`)
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** Undefined where it ended well. An editor may be a command with flags (`code --wait`), so a shell reads it. */
function run(editor: string, file: string, platform: NodeJS.Platform): Promise<string | undefined> {
  return new Promise(resolve => {
    const child =
      platform === 'win32'
        ? spawn(`${editor} "${file}"`, { stdio: 'inherit', shell: true })
        : spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' })
    child.once('error', error => resolve(`the editor did not start (${faultCode(error)}).`))
    child.once('exit', (code, signal) => {
      resolve(code === 0 ? undefined : `the editor ended with ${signal ?? `code ${code}`}.`)
    })
  })
}

async function readBack(file: string, before: string): Promise<Edit> {
  if ((await stat(file)).size > 4 * MAX_TEXT) return failed('the text is too long.')
  let after: string
  try {
    after = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file))
  } catch {
    return failed('the file is not UTF-8 any more.')
  }
  // Editors end a file with a line feed of their own.
  if (after.endsWith('\n') && !before.endsWith('\n')) after = after.slice(0, -1)
  if (after === before) return { kind: 'unchanged' }
  if (after.trim() === '') return failed('the text is empty. To post nothing, deny.')
  return after.length > MAX_TEXT ? failed('the text is too long.') : { kind: 'changed', text: after }
}

function failed(why: string): Edit {
  return { kind: 'failed', why }
}
