/*
 * Chromium knows no schemes of ours: `kosmo://app/` is served as `https://kosmo--app.electron-host.invalid/`, whose
 * requests are all answered by the app. What main process and tests see is mapped back.
 */

const SUFFIX = '.electron-host.invalid'
const MAPPED = /https:\/\/([a-z0-9]+)--([a-z0-9.-]+)\.electron-host\.invalid/g

/** The address under which Chromium loads one of an app's own scheme; others stay as they are. */
export function toChromium(url: string, schemes: Iterable<string>): string {
  for (const scheme of schemes) {
    const own = new RegExp(`^${scheme}://([^/?#]+)`, 'i')
    if (own.test(url)) return url.replace(own, (_, host: string) => `https://${scheme}--${host}${SUFFIX}`)
  }
  return url
}

/** The address as Electron would tell it. */
export function fromChromium(url: string): string {
  return url.replace(MAPPED, '$1://$2')
}

/** The scheme of an address that the app has to answer; undefined for all others. */
export function ownScheme(url: string): string | undefined {
  const { hostname } = new URL(url)
  return hostname.endsWith(SUFFIX) ? hostname.split('--')[0] : undefined
}

/** A Content-Security-Policy that means in Chromium what it means to Electron. */
export function policyForChromium(policy: string, schemes: Iterable<string>): string {
  let mapped = policy
  for (const scheme of schemes) {
    mapped = mapped
      .replaceAll(new RegExp(`\\b${scheme}://([^\\s;/]+)`, 'g'), `https://${scheme}--$1${SUFFIX}`)
      .replaceAll(new RegExp(`\\b${scheme}:(?=[\\s;]|$)`, 'g'), `https://*${SUFFIX}`)
  }
  return mapped
}
