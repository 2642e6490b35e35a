#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/*
 * Stands for fpm, which electron-builder would download: makes the .deb with dpkg-deb from the same arguments. What it
 * is not told of in the arguments it leaves out.
 */

const FLAGS = new Set(['--force', '--debug'])
const args = process.argv.slice(2)
const options = {}
const files = []
for (let index = 0; index < args.length; index++) {
  const word = args[index]
  if (FLAGS.has(word)) continue
  const name = { '-s': 'input', '-t': 'type', '-d': 'depends' }[word] ?? /^--(.+)$/.exec(word)?.[1]
  if (name === undefined) files.push(word)
  else options[name] = [...(options[name] ?? []), args[++index]]
}
const one = name => options[name]?.at(-1)
const root = mkdtempSync(join(tmpdir(), 'fpm-'))
try {
  for (const file of files) {
    const at = file.lastIndexOf('=')
    const [from, to] = [file.slice(0, at), join(root, file.slice(at + 1))]
    mkdirSync(dirname(to), { recursive: true })
    cpSync(from.replace(/\/$/, ''), to, { recursive: true, verbatimSymlinks: true })
  }
  const control = join(root, 'DEBIAN')
  mkdirSync(control)
  const fields = {
    Package: one('name'),
    Version: one('version'),
    Architecture: one('architecture'),
    Maintainer: one('maintainer'),
    Priority: one('deb-priority'),
    Section: one('category'),
    Depends: options.depends?.join(', '),
    Recommends: options['deb-recommends']?.join(', '),
    Suggests: options['deb-suggests']?.join(', '),
    Homepage: one('url'),
    Description: one('description')
      ?.replace(/\n(?=.)/g, '\n ')
      .trim(),
  }
  const lines = Object.entries(fields)
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}: ${value}\n`)
  writeFileSync(join(control, 'control'), lines.join(''))
  for (const [name, option] of [
    ['postinst', 'after-install'],
    ['postrm', 'after-remove'],
  ]) {
    const script = one(option)
    if (script === undefined) continue
    cpSync(script, join(control, name))
    chmodSync(join(control, name), 0o755)
  }
  chmodSync(root, 0o755)
  const target = one('package')
  const { status, stderr } = spawnSync(
    'dpkg-deb',
    ['--root-owner-group', '-Zgzip', '-z1', '--build', root, target],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
  console.log(JSON.stringify({ path: target, size: statSync(target).size }))
} finally {
  rmSync(root, { recursive: true, force: true })
}
