/** Chromium's numbers for what can go wrong here. */
const NUMBERS: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
}

/** The error with which Electron's loadURL is rejected, from that of Playwright. */
export function loadError(url: string, error: unknown): Error & { code: string; errno: number; url: string } {
  const [, code = 'ERR_FAILED'] = /net::(ERR_\w+)/.exec(String(error)) ?? []
  const errno = NUMBERS[code] ?? -2
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url })
}
