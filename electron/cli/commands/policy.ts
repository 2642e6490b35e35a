import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { type HeldBack, heldBack } from '../../../shared/policy/held-back.ts'
import { isLooser, loosensOverride } from '../../../shared/policy/looser.ts'
import {
  overrideFor,
  type PolicyOverride,
  withCeiling,
  withOverride,
  withoutOverride,
} from '../../../shared/policy/settings.ts'
import { parseWritePolicy, type WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { ClientView } from '../../../shared/protocol/surface-methods.ts'
import { kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { EXIT } from '../exit-codes.ts'
import { policyEntry } from '../reference/entries/decisions.ts'
import { flagKinds } from '../reference/entry.ts'
import { helpText } from '../reference/help-text.ts'
import { confirm } from '../terminal/ask.ts'
import { type PersonSession, withBroker } from '../terminal/broker-session.ts'
import { readFlags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { offerToLift } from '../terminal/lift-permission.ts'
import {
  CEILING_MEANS,
  ceilingHolds,
  noClientYet,
  OVERRIDE_MEANS,
  whyPolicy,
} from '../terminal/policy-words.ts'
import { fail, failUsage, printJson, tableLines } from '../terminal/print.ts'
import { clean } from '../terminal/request-rows.ts'

type Policy = {
  ceiling: WritePolicy
  overrides: PolicyOverride[]
  clients: ClientView[]
  heldBack: HeldBack[]
}

/** What is asked for: `client` absent = the switch for everything; `policy` absent = the override goes. */
type Change = { policy: WritePolicy | undefined; client: string | undefined; workspace: string | undefined }

/** `kosmo policy`: shows or sets what clients may write. Gives the exit code. */
export async function policyCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readFlags(args, flagKinds(policyEntry))
  const usage = (message: string) => failUsage(io, 'policy', message, args)
  if (flags.kind === 'usage-error') return usage(flags.message)
  if (flags.on('help')) {
    io.out(helpText(policyEntry))
    return EXIT.ok
  }
  const [word, ...more] = flags.words
  const [json, clear] = [flags.on('json'), flags.on('clear')]
  const [client, workspace] = [flags.value('client'), flags.value('workspace')]
  const policy = word === undefined ? undefined : parseWritePolicy(word)
  if (more.length > 0) return usage('policy takes one word')
  if (word !== undefined && policy === undefined) {
    return usage(`"${clean(word).slice(0, 40)}" is none of deny, ask, allow`)
  }
  if (client === '' || workspace === '') return usage('--client and --workspace need a value')
  if (workspace !== undefined && client === undefined) return usage('--workspace goes with --client')
  if (clear && (client === undefined || policy !== undefined))
    return usage('--clear goes with --client alone')
  if (policy === undefined && !clear) {
    if (client !== undefined) return usage('--client needs deny, ask, allow or --clear')
    return withBroker(io, json, session => show(io, session, json))
  }
  return withBroker(io, json, session => change(io, session, { policy, client, workspace }, json))
}

async function read(io: CliIo, session: PersonSession): Promise<Policy | string> {
  if (session.kind === 'connected') {
    const { broker } = session.client
    const [policy, clients] = await Promise.all([broker.policy({}), broker.clients({})])
    return { ...policy, clients }
  }
  const file = openSettings(kosmoHome(io.variables)).read()
  if (file.kind === 'broken') return file.why
  const { ceiling, overrides } = file.settings
  return { ceiling, overrides, clients: [], heldBack: heldBack(file.settings) }
}

async function show(io: CliIo, session: PersonSession, json: boolean): Promise<number> {
  const policy = await read(io, session)
  if (typeof policy === 'string') return fail(io, 'failure', policy, json)
  const { ceiling, overrides } = policy
  const broker = session.kind === 'connected'
  const clients = policy.clients.map(each => ({ ...each, why: whyPolicy(policy, each) }))
  if (json) {
    printJson(io, { success: true, broker, ceiling, overrides, clients })
    return EXIT.ok
  }
  if (!broker)
    io.err('kosmo: no broker runs; this is what is on disk. Each client works alone, by its --write.')
  io.out(`For everything: ${ceiling}. ${CEILING_MEANS[ceiling]}`)
  if (overrides.length > 0) {
    const rows = overrides.map(each => [clean(each.client), each.policy, clean(each.workspace)])
    for (const line of ['', ...tableLines(['SET FOR', 'WRITES', 'IN'], rows)]) io.out(line)
  }
  if (clients.length > 0) {
    const rows = clients.map(each => [clean(each.client), each.effective, clean(each.workspace), each.why])
    for (const line of ['', ...tableLines(['CONNECTED', 'WRITES', 'IN', 'BECAUSE'], rows)]) io.out(line)
  }
  return EXIT.ok
}

async function change(io: CliIo, session: PersonSession, asked: Change, json: boolean): Promise<number> {
  const before = await read(io, session)
  if (typeof before === 'string') return fail(io, 'failure', `${before} Nothing was changed.`, json)
  const folder = asked.client === undefined ? undefined : folderFor(io, asked, before.clients)
  if (folder !== undefined && 'many' in folder) {
    const message = `${clean(asked.client ?? '')} is connected from several folders; add --workspace= with one of: ${folder.many.map(clean).join(', ')}.`
    return fail(io, 'usage', message, json)
  }
  const target =
    folder === undefined || asked.client === undefined ? undefined : { client: asked.client, ...folder }
  if (loosens(before, target, asked.policy)) {
    const refused = await letPersonSay(io, session, target, asked.policy ?? 'ask', json)
    if (refused !== undefined) return refused
  }
  await write(io, session, target, asked.policy)
  const done = target === undefined ? { ceiling: asked.policy } : { ...target, policy: asked.policy ?? null }
  if (!json) io.out(doneWords(target, asked.policy))
  const left = asked.policy === 'allow' ? await tellWhatHolds(io, session, before, target) : []
  if (json)
    printJson(io, {
      success: true,
      broker: session.kind === 'connected',
      ...done,
      ...(left.length > 0 && { heldBack: left }),
    })
  if (session.kind === 'none' && !json) io.err('kosmo: no broker runs; this was written to the disk.')
  return EXIT.ok
}

/** An Allow that changes nothing yet says so, and what else it takes. Gives what holds it back still. */
async function tellWhatHolds(
  io: CliIo,
  session: PersonSession,
  { ceiling, overrides, heldBack: held }: Policy,
  target: Target | undefined,
): Promise<HeldBack[]> {
  const word = target === undefined ? noClientYet(overrides) : ceilingHolds(ceiling)
  if (word !== undefined) io.err(word)
  if (held.length === 0) return []
  const person = session.kind === 'connected' ? session.person : await io.person([])
  return offerToLift(io, session, held, person.interactive)
}

type Target = { client: string; workspace: string }

function loosens(before: Policy, target: Target | undefined, policy: WritePolicy | undefined): boolean {
  if (target === undefined) return policy !== undefined && isLooser(policy, before.ceiling)
  const current = before.overrides.find(
    each => each.client === target.client && each.workspace === target.workspace,
  )
  return loosensOverride(policy, current?.policy)
}

/** The exit code where the person does not say yes. */
async function letPersonSay(
  io: CliIo,
  session: PersonSession,
  target: Target | undefined,
  policy: WritePolicy,
  json: boolean,
): Promise<number | undefined> {
  const person = session.kind === 'connected' ? session.person : await io.person([])
  if (!person.interactive) return fail(io, 'needsTerminal', `${person.why} Nothing was changed.`, json)
  const means = target === undefined ? CEILING_MEANS[policy] : OVERRIDE_MEANS[policy]
  if (target !== undefined) io.err(`${clean(target.client)} in ${clean(target.workspace)}:`)
  io.err(means)
  if (await confirm(io, 'Set it?')) return undefined
  return fail(io, 'notConfirmed', 'nothing was changed.', json)
}

async function write(
  io: CliIo,
  session: PersonSession,
  target: Target | undefined,
  policy: WritePolicy | undefined,
): Promise<void> {
  if (session.kind === 'connected') {
    const { broker } = session.client
    if (target !== undefined) await broker.setOverride({ ...target, policy: policy ?? null })
    else if (policy !== undefined) await broker.setCeiling({ policy })
    return
  }
  openSettings(kosmoHome(io.variables)).change(settings => {
    if (target === undefined) return policy === undefined ? settings : withCeiling(settings, policy)
    const { client, workspace } = target
    if (policy !== undefined) return withOverride(settings, { client, workspace, policy })
    return overrideFor(settings, client, workspace) === undefined
      ? settings
      : withoutOverride(settings, client, workspace)
  })
}

function folderFor(
  io: CliIo,
  { client, workspace }: Change,
  clients: readonly ClientView[],
): { workspace: string } | { many: string[] } {
  if (workspace !== undefined) return { workspace: real(resolve(io.cwd, workspace)) }
  const connected = clients.filter(each => each.client === client).map(each => each.workspace)
  const folders = [...new Set(connected)]
  if (folders.length > 1) return { many: folders }
  return { workspace: folders[0] ?? real(io.cwd) }
}

/** A client says its folder without links in it, as the system gives it. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function doneWords(target: Target | undefined, policy: WritePolicy | undefined): string {
  if (target === undefined) return `For everything: ${policy}. ${CEILING_MEANS[policy ?? 'deny']}`
  const whom = `${clean(target.client)} in ${clean(target.workspace)}`
  return policy === undefined ? `${whom}: its own configuration counts again.` : `${whom}: ${policy}.`
}
