import { describe, expect, it } from 'vitest'
import { hasOwner } from '../../../../electron/clients/doctor/session-bus.ts'
import { hasKeyring } from '../../../setup/keyring.mjs'
import { openKeyring } from '../../../support/accounts/keyring.ts'
import { openDoctorWorld } from '../../../support/clients/doctor-world.ts'

describe.skipIf(!hasKeyring())('a session bus of a desktop (skipped where there is none)', () => {
  it('knows who is on it, and says so of the keychain, notifications and the tray', async () => {
    const { variables } = await openKeyring()
    expect(await hasOwner('org.freedesktop.secrets', variables)).toBe('yes')
    const found = await openDoctorWorld({ variables }).findings()
    expect(found).toMatchObject({
      keychain: { state: 'ok' },
      notifications: { state: 'warn', said: 'Nothing here shows notifications.' },
      tray: { state: 'warn', todo: expect.stringMatching(/AppIndicator/) },
    })
  })

  it('that is gone is none', async () => {
    const bus = { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }
    expect(await hasOwner('org.freedesktop.secrets', bus)).toBe('no-bus')
  })
})

it('without a tool to ask it is not asked', async () => {
  const variables = { PATH: '/nowhere', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }
  expect(await hasOwner('org.freedesktop.secrets', variables)).toBe('no-tool')
})
