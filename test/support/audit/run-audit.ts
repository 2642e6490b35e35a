import { auditCommand } from '../../../electron/cli/commands/audit.ts'

/* `kosmo audit` as a program of its own: `run-audit.ts <flags>`, the home in KOSMO_HOME. */
process.exitCode = await auditCommand(process.argv.slice(2))
