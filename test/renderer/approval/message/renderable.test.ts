import { expect, it } from 'vitest'
import { whyNotRendered } from '../../../../renderer/approval/message/renderable.ts'

it.each([
  'Hello',
  `- ${'a\n- '.repeat(500)}`,
  '> > > three deep',
  `${'-'.repeat(200)}\n***\n---`,
  '**bold** '.repeat(1_000),
  `${' '.repeat(100)}- code`,
])('renders %j', text => {
  expect(whyNotRendered(text.slice(0, 15_000))).toBeUndefined()
})

it.each([
  ['>'.repeat(16_000), 'too deep'],
  ['> '.repeat(40), 'too deep'],
  ['- > '.repeat(4_000), 'too deep'],
  [`fine\n\n${'1. '.repeat(50)}`, 'too deep'],
  ['a'.repeat(20_001), 'too long'],
])('shows to the letter only: %#', (text, why) => {
  expect(whyNotRendered(text)).toContain(why)
})
