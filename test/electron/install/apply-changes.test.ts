import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { applyChanges } from '../../../electron/install/apply-changes.ts'
import type { UserPath } from '../../../electron/install/windows-user-path.ts'
import type { FileChange, OutsidePlan } from '../../../shared/install/outside-plan.ts'
import { openPersonHome } from '../../support/install/person-home.ts'

const uid = process.getuid?.()

function changesIn(home: string): FileChange[] {
  const change = { title: 'x', mode: 0o755 }
  return [
    { ...change, path: join(home, 'new/folder/kosmo'), before: undefined, after: 'new' },
    { ...change, path: join(home, '.profile'), before: 'before', after: 'after', mode: 0o644 },
    { ...change, path: join(home, 'old'), before: 'old', after: undefined },
  ]
}

function settled() {
  const person = openPersonHome()
  person.write('.profile', 'before', 0o600)
  person.write('old', 'old', 0o755)
  const plan: Extract<OutsidePlan, { kind: 'plan' }> = {
    kind: 'plan',
    changes: changesIn(person.home),
    userPath: undefined,
    notes: [],
  }
  return { person, plan }
}

const isUntouched = (home: string) => {
  expect(existsSync(join(home, 'new'))).toBe(false)
  expect(readFileSync(join(home, '.profile'), 'utf8')).toBe('before')
  expect(readFileSync(join(home, 'old'), 'utf8')).toBe('old')
  expect(statSync(join(home, 'old')).mode & 0o777).toBe(0o755)
}

it('makes what was shown, and keeps the rights of what was there', async () => {
  const { person, plan } = settled()
  await applyChanges({ ...plan, changes: [...plan.changes] }, { uid, userPath: undefined })
  expect(person.read('new/folder/kosmo')).toBe('new')
  expect(statSync(join(person.home, 'new/folder/kosmo')).mode & 0o777).toBe(0o755)
  expect(statSync(join(person.home, '.profile')).mode & 0o777).toBe(0o600)
  expect(person.has('old')).toBe(false)
})

it.each(['.profile', 'old', 'new/folder/kosmo'])(
  '%s changed since it was shown: nothing of it is made',
  async path => {
    const { person, plan } = settled()
    person.write(path, 'somebody else')
    const changes = [...plan.changes]
    await expect(applyChanges({ ...plan, changes }, { uid, userPath: undefined })).rejects.toThrow(
      /has changed since this was shown; look again\. Everything is as it was\./,
    )
    person.write('.profile', path === '.profile' ? 'before' : person.read('.profile'), 0o600)
    if (path !== 'new/folder/kosmo') expect(person.has('new')).toBe(false)
    expect(person.read(path)).toBe(path === '.profile' ? 'before' : 'somebody else')
  },
)

/** The PATH of a Windows user, in memory. */
function registry(value: string, fails = false): UserPath & { value: string } {
  const made = {
    value,
    read: async () => made.value,
    async write(next: string) {
      if (fails) throw new Error('reg')
      made.value = next
    },
  }
  return made
}

it('the PATH of a Windows user is written last, and only as it was shown', async () => {
  const { person, plan } = settled()
  const userPath = { before: 'C:\\a', after: 'C:\\a;C:\\ours' }
  const moved = registry('C:\\b')
  const changes = [...plan.changes]
  await expect(applyChanges({ ...plan, changes, userPath }, { uid, userPath: moved })).rejects.toThrow(
    'The PATH of your user account has changed since this was shown',
  )
  expect(moved.value).toBe('C:\\b')
  isUntouched(person.home)
  await expect(
    applyChanges({ ...plan, changes, userPath }, { uid, userPath: registry('C:\\a', true) }),
  ).rejects.toThrow(
    'The PATH of your user account could not be written (unknown fault). Everything is as it was.',
  )
  isUntouched(person.home)
  const good = registry('C:\\a')
  await applyChanges({ ...plan, changes, userPath }, { uid, userPath: good })
  expect(good.value).toBe('C:\\a;C:\\ours')
})

it('takes back what was made where a later part cannot be', async () => {
  const { person, plan } = settled()
  person.write('file', '')
  const beyond = {
    title: 'x',
    path: join(person.home, 'file/kosmo'),
    before: undefined,
    after: 'x',
    mode: 0o755,
  }
  const changes = [...plan.changes, beyond]
  await expect(applyChanges({ ...plan, changes }, { uid, userPath: undefined })).rejects.toThrow(
    /file\/kosmo cannot be (reached|opened) \(ENOTDIR\)\. Everything is as it was\./,
  )
  isUntouched(person.home)
})
