import { setImmediate as settled } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { SurfaceHub } from '../../../../electron/broker/surfaces/surface-hub.ts'

it('many changes are told once, each kind to those who watch it', async () => {
  const hub = new SurfaceHub()
  const told: string[] = []
  const end = hub.watchRest(() => told.push('rest'))
  const endApprovals = hub.watch(() => told.push('approvals'))
  for (let index = 0; index < 10; index += 1) hub.restChanged()
  await settled()
  expect(told).toEqual(['rest'])
  hub.changed()
  hub.changed()
  await settled()
  expect(told).toEqual(['rest', 'approvals'])
  end()
  endApprovals()
  hub.restChanged()
  hub.changed()
  await settled()
  expect(told).toHaveLength(2)
})
