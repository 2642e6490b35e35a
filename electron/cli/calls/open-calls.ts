import { KosmoError } from '../../../shared/errors.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { ServeOptions } from '../../../shared/protocol/hello.ts'
import { PROGRAM_RESULT_CHARACTERS } from '../../../shared/results/limits.ts'
import { currentFolder, kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { toolName } from '../../gateway/tool-list.ts'
import { allFunctions, type CatalogueFunction } from '../../integrations/find-function.ts'
import type { CliIo } from '../terminal/io.ts'
import { AskHere } from './ask-here.ts'
import { type CallEnd, endOf } from './call-end.ts'
import { type Desk, openDesk } from './desk.ts'
import { OwnSession } from './own-session.ts'
import { requestOf } from './request-of.ts'

/** The names under which our own commands are clients: in policy, grants and audit. */
export type OwnClient = 'kosmo-cli' | 'kosmo-lua'

export type CallsOptions = {
  io: CliIo
  client: OwnClient
  limits?: ServeOptions['limits']
}

export type FunctionCall = {
  function: CatalogueFunction
  /** Alias of the account; `default` is that of the environment where it names a whole one. */
  account: string
  arguments: Record<string, unknown>
}

/** Calls of functions out of this process. */
export type Calls = {
  /**
   * Runs one function of the catalogue as any client's call is run: policy, grants, approvals, scope, posting once,
   * audit. Where a person has to be asked it waits, here or elsewhere, until they have answered. Whatever goes wrong is
   * a value; nothing is thrown.
   */
  run(call: FunctionCall): Promise<CallEnd>
  /** The person pressed Ctrl-C at a question; every call ends as cancelled. */
  readonly isInterrupted: boolean
  /** What still waits is not posted any more. */
  close(): Promise<void>
}

/** Opens the way for calls of functions; connects to nobody before the first. */
export function openCalls({ io, client, limits }: CallsOptions): Calls {
  const sessions = new Map<string, OwnSession>()
  const interrupted = new AbortController()
  let asking: Promise<Desk | undefined> | undefined
  const desks: Desk[] = []

  function sessionOf({ function: { integration }, account }: FunctionCall): OwnSession {
    const key = `${integration.id}/${account}`
    const known = sessions.get(key)
    if (known !== undefined) return known
    const options: ServeOptions = {
      integrations: [integration.id],
      write: requestHere(io, client),
      account,
      maxResultCharacters: PROGRAM_RESULT_CHARACTERS,
      name: 'kosmo',
      reader: 'program',
      ...(limits && { limits }),
    }
    const report = (line: string) => io.err(`kosmo: ${line}`)
    const session = new OwnSession({ options, client, variables: io.variables, isWrite, report })
    sessions.set(key, session)
    return session
  }

  /** A broker has one desk for all sessions of this process; alone each session has its own. */
  async function letPersonAnswer(session: OwnSession): Promise<void> {
    const decider = await session.decider()
    if (decider.kind === 'broker' && asking !== undefined) return void (await asking)
    const here = new AskHere({
      io,
      mayRepeat: client === 'kosmo-lua',
      onInterrupt: () => interrupted.abort(),
    })
    const opening = openDesk(io, decider, here.changed)
    if (decider.kind === 'broker') asking = opening
    const desk = await opening
    if (desk === undefined) return
    desks.push(desk)
    here.open(desk)
  }

  const withDesk = new Map<OwnSession, Promise<void>>()

  async function runOne(call: FunctionCall): Promise<CallEnd> {
    const { integration, definition } = call.function
    const session = sessionOf(call)
    if (definition.access === 'write') {
      const opening = withDesk.get(session) ?? letPersonAnswer(session)
      withDesk.set(session, opening)
      await opening
    }
    const name = toolName(integration, definition)
    for (;;) {
      const end = endOf(await session.call(name, call.arguments, interrupted.signal))
      // One call's wait is shorter than what a person may take.
      if (end.kind !== 'pending') return end
    }
  }

  return {
    async run(call) {
      try {
        return await runOne(call)
      } catch (error) {
        const { code, message } =
          error instanceof KosmoError
            ? error
            : { code: 'internal', message: 'KosmoKrator had a fault of its own.' }
        return { kind: 'failed', code, message, facts: [code] }
      }
    },
    get isInterrupted() {
      return interrupted.signal.aborted
    },
    async close() {
      for (const desk of desks) desk.close()
      await Promise.all([...sessions.values()].map(session => session.close()))
    },
  }
}

/** Settings that cannot be read refuse every write elsewhere, with their reason. */
function requestHere({ variables }: CliIo, client: OwnClient): WritePolicy {
  const read = openSettings(kosmoHome(variables)).read()
  return read.kind === 'broken' ? 'ask' : requestOf(read.settings, client, currentFolder())
}

function isWrite(tool: string): boolean {
  return allFunctions().some(
    ({ integration, definition }) =>
      toolName(integration, definition) === tool && definition.access === 'write',
  )
}
