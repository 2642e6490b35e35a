import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APPROVAL_CALLS, CALL_CHANNEL, SETTINGS_CALLS } from '../../shared/protocol/window-bridge.ts'
import { type AppPage, type DesktopApp, startDesktopApp } from '../support/app/desktop-app.ts'
import { until } from '../support/broker/until.ts'

let app: DesktopApp
let settings: AppPage
let approval: AppPage
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  app = await startDesktopApp({ atEnd: end => ends.push(end) })
  settings = await app.settingsWindow()
  await settings.value('showApprovals')
  approval = await app.approvalWindow()
})
afterAll(async () => {
  for (const end of ends) await end()
})

const PAGES = { settings: 'kosmo://app/settings/', approval: 'kosmo://app/approval/' }

/** What the main process answers to a message from a frame, past the preload and its list. */
async function raw(page: keyof typeof PAGES, args: unknown[], frame?: string, channel = CALL_CHANNEL) {
  const { id } = await app.facts(PAGES[page])
  return app.control.invokeFrom(id, frame, channel, args)
}

const ANSWER = { id: 'x', answer: { kind: 'approve', span: 'always', reach: 'all' } }
const FORBIDDEN = { kind: 'failed', code: 'forbidden' }
const INVALID = { kind: 'failed', code: 'invalid_input' }

describe('the settings window', () => {
  it.each(APPROVAL_CALLS.filter(name => !(SETTINGS_CALLS as readonly string[]).includes(name)))(
    'cannot call %s, neither by its bridge nor past it',
    async name => {
      expect(await settings.call(name, ANSWER)).toMatchObject(FORBIDDEN)
      expect(await raw('settings', [name, ANSWER])).toMatchObject(FORBIDDEN)
    },
  )
})

describe('the approval window', () => {
  it.each(SETTINGS_CALLS.filter(name => !(APPROVAL_CALLS as readonly string[]).includes(name)))(
    'cannot call %s, neither by its bridge nor past it',
    async name => {
      expect(await approval.call(name)).toMatchObject(FORBIDDEN)
      expect(await raw('approval', [name, {}])).toMatchObject(FORBIDDEN)
    },
  )
})

describe('what no page says', () => {
  it.each<[string, unknown[]]>([
    ['nothing at all', []],
    ['no name', [undefined, {}]],
    ['a name that is no text', [{ toString: 'answer' }, {}]],
    ['a name of every object', ['constructor', {}]],
    ['stop', ['stop', {}]],
    ['integrationChanged', ['integrationChanged', { integration: 'mattermost' }]],
  ])('%s is refused', async (_, args) => {
    expect(await raw('settings', args)).toMatchObject(FORBIDDEN)
    expect(await raw('approval', args)).toMatchObject(FORBIDDEN)
  })

  it('what a call does not take, or too much of it, is refused, whichever it is', async () => {
    for (const [page, names] of [
      ['settings', SETTINGS_CALLS],
      ['approval', APPROVAL_CALLS],
    ] as const) {
      for (const name of names) {
        expect(await raw(page, [name, { no: 'such key' }]), name).toMatchObject(INVALID)
      }
      expect(await raw(page, ['copyText', { text: 'x'.repeat(2_000_000) }])).toMatchObject(INVALID)
    }
  })

  it('other channels have nobody who answers', async () => {
    for (const channel of ['kosmo:event', 'ELECTRON_BROWSER_REQUIRE', 'electron-store-get-data', 'answer']) {
      await expect(raw('settings', ['status', {}], undefined, channel)).rejects.toThrow(
        /No handler registered/,
      )
    }
  })
})

describe('a frame in a page', () => {
  it('is not the page: whatever it calls is refused', async () => {
    await settings.page.evaluate(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
    })
    const reply = await until('the frame can speak', () =>
      raw('settings', ['status', {}], 'about:').catch(() => false),
    )
    expect(reply).toEqual({ kind: 'failed', code: 'forbidden', message: 'This page may not call the app.' })
    expect(await settings.call('status')).toMatchObject({ kind: 'value' })
  })
})

describe('a page in enemy hands', () => {
  it('has no way out but its bridge', async () => {
    const seen = await settings.page.evaluate(() => {
      const names = ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer']
      return { bridge: Object.keys(window.kosmo).sort(), reached: names.filter(name => name in window) }
    })
    expect(seen).toEqual({ bridge: ['call', 'on'], reached: [] })
  })

  it('loads nothing from elsewhere, runs no text as code and talks to nobody', async () => {
    const { page } = settings
    const blocked: string[] = await page.evaluate(async () => {
      const seen: string[] = []
      document.addEventListener('securitypolicyviolation', event => seen.push(event.effectiveDirective))
      const image = new Image()
      image.src = 'https://tracker.example/x.png'
      document.body.append(image)
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
      const remote = document.createElement('script')
      remote.src = 'https://evil.example/x.js'
      document.body.append(remote)
      const style = document.createElement('style')
      style.textContent = 'body { background: url(https://evil.example/) }'
      document.head.append(style)
      const frame = document.createElement('iframe')
      frame.src = 'https://evil.example/'
      document.body.append(frame)
      await fetch('https://evil.example/').catch(() => undefined)
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.ran = true')
      button.click()
      await new Promise(resolve => setTimeout(resolve, 200))
      if ('ran' in window) seen.push('ran')
      return [...new Set(seen)].sort()
    })
    expect(blocked).toEqual([
      'connect-src',
      'frame-src',
      'img-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-elem',
    ])
  })

  it('opens no window, goes nowhere else, and asks for nothing', async () => {
    const { page } = approval
    await page.evaluate(() => void window.open('https://evil.example/'))
    await page.evaluate(() => {
      location.href = 'https://evil.example/'
    })
    await page.evaluate(() => {
      location.href = 'kosmo://app/settings/index.html'
    })
    expect(await approval.call('status')).toMatchObject({ kind: 'value' })
    expect(await app.windows()).toHaveLength(2)
    const permission = await page.evaluate(() =>
      navigator.permissions.query({ name: 'geolocation' }).then(p => p.state),
    )
    expect(permission).not.toBe('granted')
  })

  it('gets no file that is not one of ours', async () => {
    const statuses = await settings.page.evaluate(async () => {
      const load = (src: string) =>
        new Promise<boolean>(resolve => {
          const script = document.createElement('script')
          script.onload = () => resolve(true)
          script.onerror = () => resolve(false)
          script.src = src
          document.body.append(script)
        })
      const own = document.querySelector<HTMLScriptElement>('script[src]')?.src ?? ''
      return [await load(own), await load('/../main/main.js'), await load('/%2e%2e/main/main.js')]
    })
    expect(statuses).toEqual([true, false, false])
  })
})
