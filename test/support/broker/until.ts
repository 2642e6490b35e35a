const EVERY_MS = 20

/** Waits until something holds, and gives what it gave. @throws where it does not within `withinMs` */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 45_000,
): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`)
    await new Promise(resolve => setTimeout(resolve, EVERY_MS))
  }
}
