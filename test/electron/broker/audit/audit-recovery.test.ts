import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HEAD_FILE } from '../../../../shared/audit/head.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { logFolder } from '../../../support/audit/log-folder.ts'

const { place, log, append, path, month, clients } = logFolder()

describe('after a process was killed or the disk was full', () => {
  const headBefore = (work: () => void) => {
    const head = existsSync(path(HEAD_FILE)) ? readFileSync(path(HEAD_FILE)) : undefined
    work()
    if (head !== undefined) writeFileSync(path(HEAD_FILE), head)
  }

  it('goes on from an entry that the end record does not know yet, in a new month too', async () => {
    append('a')
    headBefore(() => append('b'))
    expect(await log().verify()).toMatchObject({
      kind: 'intact',
      notes: [expect.stringMatching(/^1 at the end/)],
    })
    append('c')
    headBefore(() => {
      month(2)
      append('d', 'e')
    })
    append('f')
    expect(await log().verify()).toMatchObject({ kind: 'intact', entries: 6, notes: [] })
    expect(clients()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('attests half a line, wherever it was cut, and goes on', async () => {
    append('a', 'b')
    const whole = readFileSync(path())
    const head = readFileSync(path(HEAD_FILE))
    const [line] = append('long enough')
    const after = readFileSync(path())
    for (let cut = whole.length + 1; cut < after.length; cut += 1) {
      writeFileSync(path(), after.subarray(0, cut))
      writeFileSync(path(HEAD_FILE), head)
      expect(await log().verify()).toMatchObject({ kind: 'intact' })
      append('c', 'd')
      const found = await log().verify()
      expect(found, String(cut)).toMatchObject({ kind: 'intact' })
      // All but the line feed was there: then it is an entry.
      expect(clients()).toEqual(['a', 'b', ...(cut === after.length - 1 ? [line?.client] : []), 'c', 'd'])
    }
  })

  it('attests it in the next month, and twice in a row', async () => {
    append('a')
    appendFileSync(path(), '{"seq":2,"at"')
    month(2)
    append('b')
    appendFileSync(path('2026-02.jsonl'), '{"seq":3,"at"')
    appendFileSync(path('2026-02.jsonl'), '\n{"seq":3,"at":"20')
    append('c', 'd')
    expect(await log().verify()).toMatchObject({ kind: 'intact', entries: 4, notes: { length: 2 } })
    const text = readFileSync(path('2026-02.jsonl'), 'utf8')
    writeFileSync(path('2026-02.jsonl'), text.replace('{"seq":3,"at":"20\n', '{"seq":3,"at":"21\n'))
    expect(await log().verify()).toMatchObject({ kind: 'broken' })
  })

  it('throws where the folder cannot be made, with what to do', () => {
    mkdirSync(join(place.root, 'home'))
    writeFileSync(place.folder, 'a file is in the way')
    const attempt = () => append('a')
    expect(attempt).toThrow(KosmoError)
    expect(attempt).toThrow(/audit log cannot be used .*KOSMO_HOME/)
  })
})
