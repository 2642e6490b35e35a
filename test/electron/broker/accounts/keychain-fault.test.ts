import { describe, expect, it } from 'vitest'
import { keychainError } from '../../../../electron/broker/accounts/keychain-fault.ts'

describe('every fault of a keychain has a cause, a remedy and the way without one', () => {
  it.each([
    // As gnome-keyring 42 and the native part 2.1.2 say it.
    [
      'Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead',
      /no D-Bus session/,
    ],
    [
      'Platform failure: DBus error: Failed to connect to socket /tmp/nowhere: No such file',
      /no D-Bus session/,
    ],
    [
      'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
      /no secret service/,
    ],
    ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", /it is locked/],
    ["Couldn't access platform storage: Secret Service: object locked", /it is locked/],
    ["Couldn't access platform storage: Secret Service: no result found", /no default keyring/],
    [
      'Platform failure: DBus error: Did not receive a reply. Possible causes include: the remote application did not send a reply',
      /does not answer/,
    ],
    // Of other systems, by their documentation.
    ['Platform secure storage failure: User canceled the operation.', /it denied access/],
    ['User interaction is not allowed.', /it is locked/],
    ['The user name or passphrase you entered is not correct.', /it denied access/],
    ["Attribute 'password' is longer than the platform limit of 2560 chars", /too long.*shorter scope/],
    [
      'A specified logon session does not exist. It may already have been terminated.',
      /log-in session has none/,
    ],
  ])('%s', (message, cause) => {
    const error = keychainError({ kind: 'failed', message }, 'linux')
    expect(error.code).toBe('not_configured')
    expect(error.message).toMatch(cause)
    expect(error.message).toMatch(/^The keychain cannot be used: .*\. [A-Z].*, or .* --store=file\.$/)
  })

  it('words that are not known are not passed on: they may hold anything', () => {
    const { message } = keychainError({ kind: 'failed', message: 'odd: tok3n' }, 'darwin')
    expect(message).toMatch(/for a reason that is not known here/)
    expect(message).not.toContain('tok3n')
  })
})
