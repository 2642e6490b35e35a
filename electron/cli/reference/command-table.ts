import { catalogue } from '../../integrations/catalogue.ts'
import {
  configureEntry,
  doctorEntry,
  fieldsEntry,
  statusEntry as integrationsStatusEntry,
  listEntry,
} from './entries/accounts.ts'
import {
  callEntry,
  docsEntry,
  examplesEntry,
  providerEntry,
  schemaEntry,
  searchEntry,
} from './entries/calls.ts'
import { exportEntry, installEntry, uninstallEntry, wholeDoctorEntry } from './entries/connect.ts'
import {
  approvalsEntry,
  brokerEntry,
  clientsEntry,
  grantsEntry,
  policyEntry,
  statusEntry,
} from './entries/decisions.ts'
import { importEntry } from './entries/import.ts'
import { luaEntry } from './entries/lua.ts'
import { auditEntry, journalEntry } from './entries/records.ts'
import { serveEntry } from './entries/serve.ts'
import { completionEntry, helpEntry, manEntry } from './entries/shell.ts'
import { shellInstallEntry, shellUninstallEntry, wholeUninstallEntry } from './entries/system.ts'
import type { CommandEntry } from './entry.ts'

/** Every command, in the order in which help lists them. */
export const COMMAND_TABLE: readonly CommandEntry[] = [
  serveEntry,
  installEntry,
  uninstallEntry,
  exportEntry,
  wholeDoctorEntry,
  brokerEntry,
  configureEntry,
  importEntry,
  integrationsStatusEntry,
  doctorEntry,
  fieldsEntry,
  listEntry,
  searchEntry,
  docsEntry,
  examplesEntry,
  schemaEntry,
  callEntry,
  ...catalogue.map(({ id }) => providerEntry(id)),
  luaEntry,
  approvalsEntry,
  policyEntry,
  grantsEntry,
  statusEntry,
  clientsEntry,
  auditEntry,
  journalEntry,
  shellInstallEntry,
  shellUninstallEntry,
  wholeUninstallEntry,
  completionEntry,
  manEntry,
  helpEntry,
]

/** The entry of a command. */
export function entryOf(name: string): CommandEntry | undefined {
  return COMMAND_TABLE.find(entry => entry.name === name)
}
