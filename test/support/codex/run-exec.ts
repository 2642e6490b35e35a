import { z } from 'zod'
import { type ProgramRun, runProgram } from '../clients/run-program.ts'
import { type CodexSetup, makeCodexHome } from './codex-home.ts'
import { type FakeModel, startFakeModel } from './fake-model.ts'
import { installCodex } from './install.ts'
import { type ModelRequest, outputsShown, type ShownTool, toolsShown } from './model-request.ts'

/** One run of `codex exec`, up to its end. */
export interface ExecRun {
  readonly exitCode: number | null
  /** The lines of `--json`. */
  readonly events: readonly CodexEvent[]
  readonly modelRequests: readonly ModelRequest[]
  /** All tools offered to the model in its first request, Codex's own included. */
  readonly toolsSeen: readonly ShownTool[]
  /** What the model was shown of each call's result, in order. */
  readonly outputs: readonly string[]
  readonly finalText: string
  readonly stderr: string
  /** Hosts that Codex tried to reach besides the model. */
  readonly outbound: readonly string[]
  /** Command lines of processes that outlived Codex and had to be ended. */
  readonly leftovers: readonly string[]
}

const codexEvent = z.looseObject({
  type: z.string(),
  item: z.looseObject({ type: z.string(), text: z.string().optional() }).optional(),
})

/** One line of `codex exec --json`. */
export type CodexEvent = z.infer<typeof codexEvent>

/** What can be set about one `codex exec`. */
export interface ExecOptions extends Omit<CodexSetup, 'modelUrl'> {
  /** Script for the fake model, one step per line. */
  readonly prompt: string
  readonly execArgs?: readonly string[]
}

/** Runs the real `codex exec` with one MCP server in a world of its own; nothing outlives it. */
export async function runExec(options: ExecOptions): Promise<ExecRun> {
  const binary = await installCodex(options.version)
  const model = await startFakeModel()
  const home = await makeCodexHome({ ...options, modelUrl: model.url })
  try {
    const args = ['exec', '--skip-git-repo-check', '--json', ...(options.execArgs ?? []), options.prompt]
    const ended = await runProgram(binary, args, {
      cwd: home.workspace,
      env: home.env,
    })
    return summary(ended, model, await home.close())
  } finally {
    await home.close()
    await model.close()
  }
}

function summary(ended: ProgramRun, model: FakeModel, leftovers: readonly string[]): ExecRun {
  const events = ended.stdout
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => codexEvent.parse(JSON.parse(line)))
  const [first, last] = [model.requests[0], model.requests.at(-1)]
  return {
    exitCode: ended.exitCode,
    events,
    modelRequests: [...model.requests],
    toolsSeen: first ? toolsShown(first) : [],
    outputs: last ? outputsShown(last) : [],
    finalText: events.findLast(event => event.item?.type === 'agent_message')?.item?.text ?? '',
    stderr: ended.stderr,
    outbound: [...model.outbound],
    leftovers,
  }
}
