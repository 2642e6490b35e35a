import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktopLacks } from '../setup/desktop.mjs'
import { until } from '../support/broker/until.ts'
import { openDesktop } from '../support/desktop/desktop-session.ts'
import { startApp } from '../support/electron-host/start-app.ts'
import { startFixture } from '../support/electron-host/start-fixture.ts'

const lacks = desktopLacks()
const HOST = join(import.meta.dirname, '../support/electron-host/bin')

describe.skipIf(lacks !== undefined)(
  `starting the double of Electron${lacks ? ` (skipped: ${lacks})` : ''}`,
  () => {
    let folder: string
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'electron-start-'))
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    const module = (source: string) => {
      const file = join(folder, `${Math.abs(source.length)}.mjs`)
      writeFileSync(file, source)
      return startApp({ app: file, home: folder })
    }

    it('npx electron starts it, with nothing but the folder to look for Electron in', async () => {
      const env = { ELECTRON_OVERRIDE_DIST_PATH: HOST }
      const app = await startFixture({ command: ['npx', '--no-install', 'electron'], env })
      expect(await (await app.window('Fixture')).title()).toBe('Fixture')
      await app.control.quit()
      expect(await app.ended).toBe(0)
      await app.stop()
    })

    it('without a bus there are no notifications and no tray, and all else goes on', async () => {
      const app = await startFixture()
      expect(await app.invoke('notify', { title: 'x' })).toBe('unsupported')
      await app.stop()
      expect(app.output().stderr).toBe('')
    })

    it('without a daemon on the bus there are no notifications either', async () => {
      const desktop = await openDesktop({ notifications: 'none', tray: 'none' })
      const app = await startFixture({ desktop })
      expect(await app.invoke('notify', { title: 'x' })).toBe('unsupported')
      await app.stop()
      await desktop.stop()
    })

    it('a main module that waits for ready before its end is told that Electron hangs then', async () => {
      const app = await module("import { app } from 'electron'\nawait app.whenReady()\n")
      expect(await app.ended).toBe(1)
      expect(app.output().stderr).toContain('awaits app.whenReady() at its top level')
      await app.stop()
    })

    it('a main module that imports what is not done is told at the first use', async () => {
      const app = await module(`import { utilityProcess } from 'electron'
try {
  utilityProcess.fork('x')
} catch (error) {
  console.log(error.message)
}
`)
      const told = 'The Electron host for tests does not do utilityProcess.\n'
      await until('what it was told', () => app.output().stdout === told)
      await app.stop()
    })
  },
)
