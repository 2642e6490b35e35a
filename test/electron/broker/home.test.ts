import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { brokerAddress, kosmoHome } from '../../../electron/broker/home.ts'

const at = (home: string, platform: NodeJS.Platform): string => brokerAddress({ KOSMO_HOME: home }, platform)

describe('kosmoHome', () => {
  it('is one folder wherever it is used from, though it was named from here', () => {
    expect(kosmoHome({ KOSMO_HOME: ' .kosmo-ci ' })).toBe(join(process.cwd(), '.kosmo-ci'))
    expect(kosmoHome({ KOSMO_HOME: '/srv/kosmo' })).toBe('/srv/kosmo')
  })
})

describe('brokerAddress', () => {
  it.each(['linux', 'darwin'] as const)('is a socket in our folder on %s', platform => {
    expect(at('/home/anna/.kosmokrator-desktop', platform)).toBe(
      '/home/anna/.kosmokrator-desktop/run/broker.sock',
    )
  })

  it('is a pipe of its own for each folder on Windows', () => {
    const pipe = at('C:\\Users\\Anna', 'win32')
    expect(pipe).toMatch(/^\\\\\.\\pipe\\kosmokrator-desktop-[\w.-]+-[0-9a-f]{8}$/)
    expect(at('C:\\Users\\Anna2', 'win32')).not.toBe(pipe)
  })

  it.each(['c:\\users\\anna', 'C:/Users/Anna', 'C:\\Users\\Anna\\'])('takes %j for the same folder', home => {
    expect(at(home, 'win32')).toBe(at('C:\\Users\\Anna', 'win32'))
  })
})
