import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'

const ROOT = resolve(import.meta.dirname, '../..')
const MAKENSIS = '/usr/bin/makensis'

/** The part of the uninstaller that is ours, by the packaging's own settings. */
function include(): string {
  return join(ROOT, parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')).nsis.include)
}

/** Just as much of an uninstaller as ours stands in; warnings are errors, as they are to electron-builder. */
const AROUND = (path: string, folder: string) => `Unicode true
!include "LogicLib.nsh"
!include "FileFunc.nsh"
Name "KosmoKrator"
!define APP_ID "dev.kosmokrator.App"
OutFile "${folder}/kosmo.exe"
InstallDir "$TEMP\\kosmo"
!macro _isUpdated _a _b _t _f
  StrCmp $R9 "true" \`\${_t}\` \`\${_f}\`
!macroend
!define isUpdated \`"" isUpdated ""\`
!include "${path}"
Section
  WriteUninstaller "$INSTDIR\\uninstall.exe"
SectionEnd
Section "un.Uninstall"
  StrCpy $R9 "false"
  !insertmacro customUnInstall
SectionEnd
`

it.skipIf(!existsSync(MAKENSIS))('the uninstaller for Windows compiles with what it asks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kosmo-nsis-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'setup.nsi'), AROUND(include(), folder))
  const { status, stdout } = spawnSync(MAKENSIS, ['-V2', '-WX', join(folder, 'setup.nsi')], {
    encoding: 'utf8',
  })
  expect(status, stdout).toBe(0)
  expect(existsSync(join(folder, 'kosmo.exe'))).toBe(true)
})

it('the uninstaller runs what undoes it on yes, and not at an update', () => {
  const text = readFileSync(include(), 'utf8')
  expect(text).toMatch(/\$\{ifNot\} \$\{isUpdated\}[\s\S]*MB_YESNO[\s\S]*kosmo\.cjs" uninstall --yes/)
})
