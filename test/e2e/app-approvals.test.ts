import { describe, expect, it } from 'vitest'
import { showWhole, startDesktopApp, waiting } from '../support/app/desktop-app.ts'
import { startClient } from '../support/broker/broker-process.ts'
import { until } from '../support/broker/until.ts'
import { resultText } from '../support/mcp/rpc-line.ts'
import { openTown } from '../support/mcp/town.ts'

const APPROVE = { kind: 'approve', span: 'once', reach: 'channel' }
const POST = { channel_id: '~town-square', message: 'Release 1.2 is out' }

/** The app with a client that wants to post, and the window that came by itself. */
async function asked() {
  const town = await openTown()
  const app = await startDesktopApp({ args: ['--hidden'] })
  const client = await startClient(app, town.account, { write: 'ask' })
  const called = client.callTool('create_post', POST).then(resultText)
  called.catch(() => undefined)
  const window = await app.approvalWindow()
  // What nobody can see decides nothing.
  await until('the window is seen', async () => (await app.facts('kosmo://app/approval/')).visible)
  const [request] = await showWhole(window)
  if (request === undefined) throw new Error('no request')
  return { town, app, client, called, window, id: request.id }
}

describe('a request of a client', () => {
  it('brings up the window without the focus, and is posted as it was approved there', async () => {
    const { town, app, called, window, id } = await asked()
    const facts = await app.facts('kosmo://app/approval/')
    await until('the window is there', async () => (await app.facts(facts.id)).visible)
    expect((await app.facts(facts.id)).focused).toBe(false)
    expect(town.posted()).toEqual([])
    expect(await window.value('answer', { id, answer: APPROVE })).toEqual({ kind: 'done' })
    expect(await called).toMatch(/^Posted /)
    expect(town.posted()).toEqual([POST.message])
    expect(await window.value('decision', { id })).toEqual({
      kind: 'decided',
      how: 'approved by person (approval-window)',
    })
  })

  it('is not posted once it was denied, and the client is told why', async () => {
    const { town, called, window, id } = await asked()
    await window.value('answer', { id, answer: { kind: 'deny', reason: 'not before Monday' } })
    expect(await called).toMatch(/declined this post.*not before Monday/)
    expect(town.posted()).toEqual([])
  })

  it('is posted as it was changed', async () => {
    const { town, called, window, id } = await asked()
    const answer = { ...APPROVE, text: 'Release 1.2.1 is out' }
    expect(await window.value('answer', { id, answer })).toEqual({ kind: 'done' })
    expect(await called).toMatch(/changed/)
    expect(town.posted()).toEqual(['Release 1.2.1 is out'])
  })

  it('waits on where the page dies, and is decided in the one that comes in its place', async () => {
    const { town, app, called, window, id } = await asked()
    const { id: first } = await app.facts('kosmo://app/approval/')
    await app.control.crashRenderer(first)
    await until('another window', async () => {
      const [next] = (await app.windows()).filter(({ url }) => url.includes('approval'))
      return next !== undefined && next.id !== first && next.visible
    })
    expect(town.posted()).toEqual([])
    const again = await app.approvalWindow()
    expect(again.page).not.toBe(window.page)
    expect((await showWhole(again)).map(each => each.id)).toEqual([id])
    expect(await again.value('answer', { id, answer: APPROVE })).toEqual({ kind: 'done' })
    expect(await called).toMatch(/^Posted /)
    expect(town.posted()).toEqual([POST.message])
  })

  it('is gone with its client, and nothing can be approved any more', async () => {
    const { town, client, window, id } = await asked()
    client.child.kill('SIGKILL')
    await waiting(window, 0)
    expect(await window.value('decision', { id })).toMatchObject({ how: expect.stringMatching(/cancelled/) })
    expect(await window.value('answer', { id, answer: APPROVE })).toMatchObject({ kind: 'already-decided' })
    expect(town.posted()).toEqual([])
  })

  it('is not decided by closing the window; it is there when the app is started again', async () => {
    const { town, app, called, window, id } = await asked()
    const { id: number } = await app.facts('kosmo://app/approval/')
    await app.control.closeWindow(number)
    await until('the window is away', async () => !(await app.facts(number)).visible)
    expect(await window.call('answer', { id, answer: APPROVE })).toEqual({
      kind: 'failed',
      code: 'forbidden',
      message: expect.stringMatching(/Nobody can see this window/),
    })
    expect(town.posted()).toEqual([])
    await app.launchAgain([])
    await until('the window is there', async () => (await app.facts(number)).visible)
    expect(await window.value('answer', { id, answer: APPROVE })).toEqual({ kind: 'done' })
    expect(await called).toMatch(/^Posted /)
  })
})
