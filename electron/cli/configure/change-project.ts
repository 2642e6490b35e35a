import { KosmoError } from '../../../shared/errors.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import type { Changes } from '../../broker/configure/changes.ts'
import { currentFolder } from '../../broker/home.ts'
import type { Integration } from '../../integrations/integration.ts'
import { limitsHere } from '../calls/limits-here.ts'
import { projectFileToWrite } from '../config-files/places.ts'
import { providerFacts, readSettings } from '../integrations/provider-facts.ts'
import { loadConfigFiles } from '../lazy-programs.ts'
import { processIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'

/**
 * Writes switch and permissions into the project's file and says what holds here then: the stricter of that and of
 * what is set for everything.
 *
 * @throws KosmoError `not_configured` where a file cannot be read or written; then it is as it was
 */
export function changeProject(integration: Integration, changes: Changes, json: boolean): void {
  const io = processIo()
  const { enabled, read, write, account } = changes
  const path = projectFileToWrite(currentFolder())
  const whyNot = loadConfigFiles().changeProjectFile(path, integration.id, { enabled, read, write })
  if (whyNot !== undefined)
    throw new KosmoError('not_configured', `${cleanLine(path)} was left as it is: ${whyNot}.`)
  const limit = limitsHere(io)[integration.id]
  const facts = providerFacts(integration, readSettings(io), io.variables, limit)
  const isOff = limit?.read === 'deny' && limit.write === 'deny'
  if (!json) {
    io.out(
      `Written to ${cleanLine(path)}. In this project: read ${facts.permissions.read}, write ${facts.permissions.write}.`,
    )
    return
  }
  printReadableJson(io, {
    success: true,
    provider: integration.id,
    account,
    scope: 'project',
    path,
    credentials_set: [],
    credentials_unset: [],
    enabled: facts.enabled && !(isOff && enabled === false),
    configured: facts.configured,
    cli_setup_supported: true,
    cli_runtime_supported: true,
    permissions: facts.permissions,
  })
}
