import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { removeCopies } from '../../../electron/install/leaving-copies.ts'
import { openPersonHome } from '../../support/install/person-home.ts'

const COPIES = '.local/share/kosmokrator/cli'

it('takes copies, the link and what is half made, and the folders that were made for them', () => {
  const person = openPersonHome()
  person.write(`${COPIES}/0.1.0-0123abcd/kosmo.cjs`, '')
  person.write(`${COPIES}/.0.1.0-0123abce.12.tmp/kosmo.cjs`, '')
  symlinkSync('0.1.0-0123abcd', join(person.home, COPIES, 'current'))
  removeCopies(join(person.home, COPIES))
  expect(person.has('.local/share/kosmokrator')).toBe(false)
  expect(person.has('.local/share')).toBe(true)
})

it('takes nothing that somebody else put there, not through a link either', () => {
  const person = openPersonHome()
  person.write('documents/letter.txt', 'mine')
  person.write('documents/current/letter.txt', 'mine')
  person.write('documents/0.1.0-0123abcd/kosmo.cjs', '')
  const folder = join(person.home, COPIES)
  mkdirSync(dirname(folder), { recursive: true })
  symlinkSync(join(person.home, 'documents'), folder)
  expect(() => removeCopies(folder)).toThrow(
    /did not put (current|letter\.txt) into .*kosmokrator\/cli: both stay\./,
  )
  expect(person.read('documents/letter.txt')).toBe('mine')
  expect(person.read('documents/current/letter.txt')).toBe('mine')
  expect(person.has('documents/0.1.0-0123abcd')).toBe(false)
})

it.skipIf(process.platform !== 'linux')(
  'knows a copy that runs where the home folder is a link',
  async () => {
    const person = openPersonHome()
    const node = person.write(`disk/${COPIES}/0.1.0-0123abcd/node`, '', 0o755)
    copyFileSync(process.execPath, node)
    symlinkSync(join(person.home, 'disk'), join(person.home, 'linked'))
    const folder = join(person.home, 'linked', COPIES)
    const client = spawn(join(folder, '0.1.0-0123abcd/node'), ['-e', 'process.stdin.resume()'], {
      stdio: 'pipe',
    })
    await once(client, 'spawn')
    try {
      expect(() => removeCopies(folder)).toThrow('A client runs 0.1.0-0123abcd. Close it')
      expect(existsSync(node)).toBe(true)
    } finally {
      client.kill('SIGKILL')
      await once(client, 'close')
    }
  },
)
