import type { Page } from 'playwright-core'

/** Whether a text is anywhere in what React keeps for a page: state, props, refs that are no elements. */
export function isInReactMemory(page: Page, text: string): Promise<boolean> {
  return page.evaluate(searchReact, text)
}

/** Runs in the page, so it stands alone. */
function searchReact(text: string): boolean {
  const root = document.getElementById('root')
  if (root === null) throw new Error('there is no React root')
  const container = Object.entries(root).find(([key]) => key.startsWith('__reactContainer'))?.[1]
  if (container === undefined) throw new Error('React keeps its tree elsewhere now')
  const seen = new Set<unknown>()
  const open: unknown[] = [container]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string' && value.includes(text)) return true
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    if (value instanceof Node || value === window) continue
    seen.add(value)
    if (value instanceof Map || value instanceof Set) open.push(...value)
    open.push(...Object.values(value))
  }
  return false
}
