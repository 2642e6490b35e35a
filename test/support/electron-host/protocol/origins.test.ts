import { expect, it } from 'vitest'
import { fromChromium, ownScheme, policyForChromium, toChromium } from './origins.ts'

const schemes = ['kosmo']

it.each(['kosmo://app/', 'kosmo://app/a/b.html?c=d#e', 'kosmo://other.host/x'])(
  '%s goes there and back',
  url => {
    const there = toChromium(url, schemes)
    expect(there).toMatch(/^https:\/\/kosmo--/)
    expect(ownScheme(there)).toBe('kosmo')
    expect(fromChromium(there)).toBe(url)
  },
)

it.each(['https://example.com/', 'about:blank', 'data:text/html,x'])('%s stays as it is', url => {
  expect(toChromium(url, schemes)).toBe(url)
  expect(fromChromium(url)).toBe(url)
})

it('a policy that names the scheme or a host of it means the same in Chromium', () => {
  expect(policyForChromium("default-src 'self' kosmo:; img-src kosmo://app data:", schemes)).toBe(
    "default-src 'self' https://*.electron-host.invalid; img-src https://kosmo--app.electron-host.invalid data:",
  )
})
