import { heldBackName } from '../../../shared/desktop/held-back-words.ts'
import type { HeldBack } from '../../../shared/policy/held-back.ts'
import { withIntegration } from '../../../shared/policy/settings.ts'
import { permissionsOf } from '../../broker/configure/permissions.ts'
import { kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { confirm } from './ask.ts'
import type { PersonSession } from './broker-session.ts'
import type { CliIo } from './io.ts'

/** Says what holds an Allow back, and lifts it where a person sits here and wants that. Gives what still holds it back. */
export async function offerToLift(
  io: CliIo,
  session: PersonSession,
  held: readonly HeldBack[],
  isPerson: boolean,
): Promise<HeldBack[]> {
  const left: HeldBack[] = []
  for (const one of held) {
    io.err(
      `The account’s own permission for ${heldBackName(one)} is at ${one.write} and holds this back: ${MEANS[one.write]}`,
    )
    if (one.write === 'ask' && isPerson && (await confirm(io, 'Set it to allow too?'))) {
      await lift(io, session, one.integration)
      continue
    }
    left.push(one)
    io.err(`To change that: kosmo integrations:configure ${one.integration} --write allow`)
  }
  return left
}

const MEANS = {
  ask: 'its posts are still shown to you first.',
  deny: 'nothing is posted with it.',
}

async function lift(io: CliIo, session: PersonSession, integration: string): Promise<void> {
  if (session.kind === 'connected') {
    await session.client.broker.setPermission({ integration, write: 'allow' })
    return
  }
  openSettings(kosmoHome(io.variables)).change(settings =>
    withIntegration(settings, integration, permissionsOf(settings, integration, { write: 'allow' })),
  )
}
