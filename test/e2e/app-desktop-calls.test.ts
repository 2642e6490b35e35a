import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AppPage, type DesktopApp, startDesktopApp } from '../support/app/desktop-app.ts'
import { until } from '../support/broker/until.ts'

let app: DesktopApp
let settings: AppPage
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  app = await startDesktopApp({ atEnd: end => ends.push(end) })
  settings = await app.settingsWindow()
})
afterAll(async () => {
  for (const end of ends) await end()
})

const calls = async (name: string) =>
  (await app.control.calls()).filter(call => call.name === name).map(({ args }) => args)

it('a link is opened in the browser where it is https, and nothing else ever is', async () => {
  expect(await settings.value('openLink', { url: 'https://chat.example.org/eng' })).toEqual({
    kind: 'opened',
  })
  for (const url of ['http://chat.example.org', 'file:///etc/passwd', 'javascript:alert(1)', 'x']) {
    expect(await settings.value('openLink', { url })).toMatchObject({ kind: 'refused' })
  }
  expect(await calls('shell.openExternal')).toEqual([['https://chat.example.org/eng']])
})

it('a text is copied', async () => {
  await settings.value('copyText', { text: 'kosmo audit --verify' })
  expect(await calls('clipboard.writeText')).toEqual([['kosmo audit --verify']])
})

it('activity is written where the person says, and nowhere where they do not', async () => {
  await settings.value('setCeiling', { policy: 'deny' })
  await settings.value('setCeiling', { policy: 'ask' })
  const filter = {}
  await app.control.answerDialog('showSaveDialog', { canceled: true, filePath: '' })
  expect(await settings.value('exportActivity', { format: 'csv', filter })).toEqual({ kind: 'cancelled' })
  const filePath = join(app.home, 'activity.csv')
  await app.control.answerDialog('showSaveDialog', { canceled: false, filePath })
  expect(await settings.value('exportActivity', { format: 'csv', filter })).toEqual({
    kind: 'saved',
    path: filePath,
    entries: 2,
  })
  expect(readFileSync(filePath, 'utf8')).toMatch(/^seq,at,.*\r\n1,.*ceiling deny.*\r\n2,.*ceiling ask.*\r\n$/)
  const json = join(app.home, 'activity.json')
  await app.control.answerDialog('showSaveDialog', { canceled: false, filePath: json })
  await settings.value('exportActivity', { format: 'json', filter: { decision: 'ceiling ask' } })
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject([{ seq: 2, decision: 'ceiling ask' }])
  await app.control.answerDialog('showSaveDialog', { canceled: false, filePath: '/nowhere/at/all.csv' })
  expect(await settings.call('exportActivity', { format: 'csv', filter })).toMatchObject({
    kind: 'failed',
    code: 'not_configured',
    message: '/nowhere/at/all.csv could not be written (ENOENT).',
  })
})

it('a window hides itself, and shows the other one', async () => {
  await settings.value('showApprovals')
  const approval = await app.approvalWindow()
  const { id } = await app.facts('kosmo://app/approval/')
  await until('it is there', async () => (await app.facts(id)).focused)
  await approval.value('hideWindow')
  await until('it is away', async () => !(await app.facts(id)).visible)
})
