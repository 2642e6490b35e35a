import { describe, it } from 'vitest'
import { allPages } from '../support/docs/pages.ts'
import { runPage, stepsOf } from '../support/docs/run-page.ts'

const pages = allPages().filter(page => stepsOf(page).length > 0)

describe('what pages show works as it is shown', () => {
  it.each(pages.map(page => [page.path, page] as const))('%s', (_, page) => runPage(page), 60_000)
})
