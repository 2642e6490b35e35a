import { describe, expect, it, vi } from 'vitest'
import { UpdateFault, type Updater } from '../../../../electron/main/updates/updater.ts'
import { Updates } from '../../../../electron/main/updates/updates.ts'
import type { InTheWay } from '../../../../shared/updates/may-install.ts'

const DAY = 86_400_000
const FREE: InTheWay = { waiting: 0, sending: 0 }

/** Updates of an app, with an updater that always has version 2 and a person who has said nothing yet. */
function open(changes: Partial<Updater> = {}, platform: NodeJS.Platform = 'linux') {
  const world = { inTheWay: FREE, now: 10 * DAY, look: { isOn: false, last: null as number | null } }
  const updater = {
    look: vi.fn<Updater['look']>(async () => ({ version: '2.0.0', notes: '' })),
    download: vi.fn<Updater['download']>(async () => undefined),
    refusal: vi.fn<Updater['refusal']>(() => undefined),
    install: vi.fn<Updater['install']>(async () => undefined),
    ...changes,
  }
  const said: string[] = []
  const quit = vi.fn()
  const updates = new Updates({
    source: { kind: 'own' },
    platform,
    store: {
      dailyLook: () => world.look,
      setDailyLook: look => {
        world.look = look
      },
    },
    open: async () => updater,
    now: () => world.now,
    inTheWay: () => world.inTheWay,
    changed: () => undefined,
    say: title => void said.push(title),
    quit,
  })
  return { updates, updater, world, said, quit }
}

async function ready(changes: Partial<Updater> = {}, platform?: NodeJS.Platform) {
  const opened = open(changes, platform)
  await opened.updates.look()
  await opened.updates.download()
  expect(opened.updates.state.kind).toBe('ready')
  return opened
}

const nextTurn = () => new Promise(resolve => setImmediate(resolve))

describe('updates', () => {
  it('are looked for once a day, and only where that was wanted', async () => {
    const { updates, updater, world } = open()
    await updates.lookIfDue()
    expect(updater.look).not.toHaveBeenCalled()
    updates.setDaily(true)
    await vi.waitFor(() => expect(updates.state.kind).toBe('found'))
    world.now += DAY - 1
    await updates.lookIfDue()
    expect(updater.look).toHaveBeenCalledTimes(1)
    world.now += 1
    await updates.lookIfDue()
    expect(updater.look).toHaveBeenCalledTimes(2)
    expect(updater.download).not.toHaveBeenCalled()
  })

  it.each<[string, InTheWay]>([
    ['a post waits', { waiting: 1, sending: 0 }],
    ['a post is being sent', { waiting: 0, sending: 1 }],
  ])('are not installed while %s, and offered once when it is over', async (_, inTheWay) => {
    const { updates, world, said, quit } = await ready()
    world.inTheWay = inTheWay
    expect(() => updates.install('now')).toThrow(/^A post /)
    await nextTurn()
    updates.settled()
    expect(said).toEqual([])
    world.inTheWay = FREE
    updates.settled()
    updates.settled()
    expect(said).toEqual(['Version 2.0.0 can be installed now'])
    expect(quit).not.toHaveBeenCalled()
    updates.install('now')
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce())
  })

  it('are not installed where a post has come between the click and the end', async () => {
    const { updates, world, quit, said } = await ready()
    updates.install('now')
    world.inTheWay = { waiting: 1, sending: 0 }
    await nextTurn()
    await nextTurn()
    expect(quit).not.toHaveBeenCalled()
    expect(updates.state.kind).toBe('ready')
    world.inTheWay = FREE
    updates.settled()
    expect(said).toHaveLength(1)
  })

  it('are installed at the end of the app where that was said, and nothing is in the way', async () => {
    const { updates, updater, world } = await ready()
    const end = async () => {
      updates.ending()
      await updates.finish()
    }
    await end()
    updates.install('quit')
    updates.install('never')
    await end()
    updates.install('quit')
    world.inTheWay = { waiting: 1, sending: 0 }
    await end()
    expect(updater.install).not.toHaveBeenCalled()
    world.inTheWay = FREE
    await end()
    expect(updater.install).toHaveBeenCalledExactlyOnceWith(false)
  })

  it('cannot wait for the end of the app on macOS, which would start it again', async () => {
    const { updates, updater } = await ready({}, 'darwin')
    expect(updates.view.canWaitForQuit).toBe(false)
    expect(() => updates.install('quit')).toThrow('not on macOS')
    updates.ending()
    await updates.finish()
    expect(updater.install).not.toHaveBeenCalled()
  })

  it('are put in place once everything is let go, and not where they cannot be', async () => {
    const { updates, updater, quit } = await ready()
    updates.install('now')
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce())
    expect(updater.install).not.toHaveBeenCalled()
    updates.ending()
    await updates.finish()
    expect(updater.install).toHaveBeenCalledExactlyOnceWith(true)

    const locked = await ready({ refusal: () => new UpdateFault('EACCES', '') })
    locked.updates.install('now')
    await vi.waitFor(() => expect(locked.updates.state.kind).toBe('failed'))
    expect(locked.updates.state).toMatchObject({
      why: expect.stringMatching(/not installed: .*cannot be written/),
    })
    expect(locked.quit).not.toHaveBeenCalled()
  })

  it('tell a failure in a sentence of ours', async () => {
    const { updates } = open({
      look: async () => {
        throw new UpdateFault('', 'net::ERR_NAME_NOT_RESOLVED at secret.internal')
      },
    })
    await updates.look()
    expect(updates.state).toMatchObject({
      kind: 'failed',
      why: expect.stringMatching(/this computer is offline/),
    })
    expect(JSON.stringify(updates.state)).not.toContain('secret')
  })

  it('that come from elsewhere are never asked for', async () => {
    const opened = open()
    const elsewhere = new Updates({
      source: { kind: 'elsewhere', how: 'apt' },
      platform: 'linux',
      store: { dailyLook: () => ({ isOn: true, last: null }), setDailyLook: () => undefined },
      open: async () => opened.updater,
      now: () => 0,
      inTheWay: () => FREE,
      changed: () => undefined,
      say: () => undefined,
      quit: opened.quit,
    })
    await elsewhere.lookIfDue()
    await elsewhere.look()
    await elsewhere.download()
    expect(() => elsewhere.install('now')).toThrow(/no version to install/)
    expect(opened.updater.look).not.toHaveBeenCalled()
  })
})
