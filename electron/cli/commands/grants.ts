import type { Grant } from '../../../shared/policy/grant.ts'
import { exactTime } from '../../../shared/text/time.ts'
import { openGrants } from '../../broker/grants-file.ts'
import { kosmoHome } from '../../broker/home.ts'
import { EXIT } from '../exit-codes.ts'
import { grantsEntry } from '../reference/entries/decisions.ts'
import { flagKinds } from '../reference/entry.ts'
import { helpText } from '../reference/help-text.ts'
import { type PersonSession, withBroker } from '../terminal/broker-session.ts'
import { readFlags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, failUsage, printJson, tableLines } from '../terminal/print.ts'
import { clean, count } from '../terminal/request-rows.ts'

/** `kosmo grants`: lists what is remembered, or takes it back. Gives the exit code. */
export async function grantsCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readFlags(args, flagKinds(grantsEntry))
  const usage = (message: string) => failUsage(io, 'grants', message, args)
  if (flags.kind === 'usage-error') return usage(flags.message)
  if (flags.on('help')) {
    io.out(helpText(grantsEntry))
    return EXIT.ok
  }
  const [word, id, ...more] = flags.words
  const [json, all] = [flags.on('json'), flags.on('all')]
  if (word === undefined || word === 'list') {
    if (all || id !== undefined) return usage('the list takes neither an id nor --all')
    return withBroker(io, json, session => list(io, session, json))
  }
  if (word !== 'revoke') return usage(`there is no "kosmo grants ${clean(word).slice(0, 40)}"`)
  if (more.length > 0 || (id === undefined) !== all) return usage('revoke takes one id, or --all')
  return withBroker(io, json, session => revoke(io, session, id, json))
}

async function list(io: CliIo, session: PersonSession, json: boolean): Promise<number> {
  const connected = session.kind === 'connected'
  const file = openGrants(kosmoHome(io.variables), io.now)
  const why = connected ? undefined : file.fault()
  if (why !== undefined) return fail(io, 'failure', why, json)
  const grants = connected ? await session.client.broker.grants({}) : file.list()
  if (json) {
    printJson(io, { success: true, broker: connected, grants })
    return EXIT.ok
  }
  if (!connected) io.err('kosmo: no broker runs; this is what is on disk.')
  if (grants.length === 0) io.out('Nothing is remembered: every post is asked about.')
  else for (const line of grantLines(grants)) io.out(line)
  return EXIT.ok
}

function grantLines(grants: readonly Grant[]): string[] {
  const head = ['ID', 'CLIENT', 'CHANNEL', 'SERVER', 'ACCOUNT', 'UNTIL', 'USED', 'WORKS IN']
  const rows = grants.map(grant => [
    clean(grant.id),
    clean(grant.client),
    grant.channel.kind === 'all' ? 'all channels' : clean(grant.channel.name),
    clean(grant.server),
    clean(grant.account),
    untilWords(grant),
    String(grant.uses),
    clean(grant.workspace),
  ])
  return tableLines(head, rows)
}

function untilWords(grant: Grant): string {
  if (grant.span === 'session') return 'end of session'
  return grant.span === 'always' ? 'revoked' : exactTime(grant.expiresAt)
}

async function revoke(
  io: CliIo,
  session: PersonSession,
  id: string | undefined,
  json: boolean,
): Promise<number> {
  let gone: number
  if (session.kind === 'connected') {
    gone = await session.client.broker.revokeGrants(id === undefined ? {} : { id })
  } else {
    if (!json) io.err('kosmo: no broker runs; this changes what is on disk.')
    const file = openGrants(kosmoHome(io.variables), io.now)
    gone = id === undefined ? file.revokeAll() : Number(file.revoke(id))
  }
  if (id !== undefined && gone === 0)
    return fail(io, 'notPending', 'no grant of that id is remembered.', json)
  if (json) printJson(io, { success: true, broker: session.kind === 'connected', revoked: gone })
  else io.out(`${count(gone, 'grant')} revoked.`)
  return EXIT.ok
}
