import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { cmdShim, isShim, programOfShim, shellShim } from '../../../shared/install/shim.ts'

it('what it runs is read from it again, whatever is in the paths', () => {
  const path = fc.string({ unit: 'binary', minLength: 1 }).map(text => `/${text.replace(/[\n\0]/g, '')}`)
  fc.assert(
    fc.property(path, path, (node, script) => {
      const text = shellShim({ node, script })
      expect(isShim(text)).toBe(true)
      expect(programOfShim(text)).toEqual({ node, script })
    }),
  )
})

it('a file of somebody else’s is none of ours', () => {
  for (const text of [
    '',
    '#!/bin/sh\nexec kosmo "$@"\n',
    `# mine\n${shellShim({ node: '/n', script: '/s' })}`,
  ]) {
    expect(isShim(text)).toBe(false)
    expect(programOfShim(text)).toBe(undefined)
  }
})

const BIN = 'C:\\Users\\Zoë\\AppData\\Local\\KosmoKrator\\bin'
const CLI = 'C:\\Users\\Zoë\\AppData\\Local\\Programs\\kosmokrator-desktop\\resources\\cli'

it('on Windows it goes from its own folder on, so that the person’s name is not in it', () => {
  const text = cmdShim({ node: `${CLI}\\node.exe`, script: `${CLI}\\kosmo.cjs` }, BIN)
  const up = '%~dp0..\\..\\Programs\\kosmokrator-desktop\\resources\\cli'
  expect(text).toBe(
    `@echo off\r\nrem Starts kosmo, the command of KosmoKrator. "kosmo shell:uninstall" removes this file.\r\n"${up}\\node.exe" "${up}\\kosmo.cjs" %*\r\n`,
  )
  expect(isShim(text ?? '')).toBe(true)
})

it('on Windows another drive is named, with its percents doubled, and what cmd cannot read is refused', () => {
  const other = cmdShim({ node: 'D:\\100%\\node.exe', script: 'D:\\100%\\kosmo.cjs' }, BIN)
  expect(other).toContain('"D:\\100%%\\node.exe" "D:\\100%%\\kosmo.cjs" %*')
  expect(cmdShim({ node: 'D:\\Zoë\\node.exe', script: 'D:\\k.cjs' }, BIN)).toBe(undefined)
})
