import { it } from 'vitest'
import { promiseHolds } from '../../../../support/posting/promise-property.ts'
import { schedules } from '../../../../support/posting/schedule.ts'

it.concurrent.each(['a', 'b', 'c', 'd'])(
  'whatever goes wrong on the way, nothing is posted twice and what is told is true (%s)',
  () => promiseHolds(schedules({ withEnds: false }), 0.125),
  600_000,
)
