import { cleanText } from '../../../shared/text/clean.ts'
import type { LuaLimits } from '../../lua/open-sandbox.ts'
import { EXIT } from '../exit-codes.ts'
import { failure, runByEntry, usage } from '../integrations/tell.ts'
import { luaEnvelope, resultText } from '../lua/lua-envelope.ts'
import { readScript } from '../lua/read-script.ts'
import { GREETING, runRepl } from '../lua/repl.ts'
import { openScriptRunner, type ScriptRunner } from '../lua/script-runner.ts'
import { luaEntry } from '../reference/entries/lua.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'

const MEGABYTE = 1024 * 1024
const DEFAULT_LIMITS: LuaLimits = { memory: 32 * MEGABYTE, time: 30_000 }

/** Of the flags, in their own units: bytes and seconds. */
const BOUNDS = { memory: { least: MEGABYTE, most: 1024 * MEGABYTE }, time: { least: 0.1, most: 86_400 } }

/** `kosmo integrations:lua`: runs a script that calls functions. Gives the exit code. */
export function luaCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: luaEntry, words: 1, args: inLong(args), io }, async flags => {
    const json = flags.on('json')
    const wrong = (message: string) => usage(io, luaEntry, message, json)
    const [file] = flags.words
    const code = flags.value('eval')
    const limits = limitsOf(flags.value('memory-limit'), flags.value('cpu-limit'))
    if (typeof limits === 'string') return wrong(limits)
    if ([file !== undefined, code !== undefined, flags.on('repl')].filter(Boolean).length > 1) {
      return wrong('give a file, --eval or --repl, and one of them only')
    }
    if (flags.on('repl') && json) return wrong('--repl is for people, and --json is not')
    if (flags.on('force')) io.err('kosmo: --force lifts nothing: deny stays deny, and ask asks.')
    if (flags.on('repl')) return repl(io, limits)
    const script = await readScript({ code, file }, io)
    switch (script.kind) {
      case 'none':
        return wrong('give a Lua file, code with --eval, or pipe code in')
      case 'wrong':
        return failure(io, script.why, json)
      case 'script':
        return runScript(io, script, limits, json)
    }
  })
}

async function runScript(
  io: CliIo,
  { code, name }: { code: string; name: string },
  limits: LuaLimits,
  json: boolean,
): Promise<number> {
  const print = printer(io)
  return withRunner(io, limits, json ? () => undefined : print, async runner => {
    const run = await runner.run(code, name)
    if (json) printReadableJson(io, luaEnvelope(run))
    else {
      const told = resultText(run.result)
      if (told !== undefined) print(told)
      if (run.error !== null) io.err(`kosmo: ${cleanText(run.error)}`)
    }
    if (runner.isInterrupted) return EXIT.interrupted
    return run.error === null ? EXIT.ok : EXIT.failure
  })
}

function repl(io: CliIo, limits: LuaLimits): Promise<number> {
  const print = printer(io)
  return withRunner(io, limits, print, async runner => {
    if (io.stdin.isTTY) io.out(GREETING)
    await runRepl(io, runner, print)
    return EXIT.ok
  })
}

/** Ctrl-C ends the script, and whatever of it waits for a person. */
async function withRunner(
  io: CliIo,
  limits: LuaLimits,
  print: (text: string) => void,
  use: (runner: ScriptRunner) => Promise<number>,
): Promise<number> {
  const runner = openScriptRunner(io, limits, print)
  process.on('SIGINT', runner.interrupt)
  try {
    return await use(runner)
  } finally {
    process.off('SIGINT', runner.interrupt)
    await runner.close()
  }
}

/** What chat says may drive a terminal; a pipe gets it as it is. */
function printer(io: CliIo): (text: string) => void {
  return io.stdout.isTTY === true ? text => io.out(cleanText(text)) : text => io.out(text)
}

/** The limits of the flags; a sentence where they are none. */
function limitsOf(memory: string | undefined, time: string | undefined): LuaLimits | string {
  const bytes = memory === undefined ? DEFAULT_LIMITS.memory : Number(memory)
  const seconds = time === undefined ? DEFAULT_LIMITS.time / 1000 : Number(time)
  const isWithin = (value: number, { least, most }: { least: number; most: number }) =>
    value >= least && value <= most
  if (!Number.isInteger(bytes) || !isWithin(bytes, BOUNDS.memory)) {
    return `--memory-limit takes bytes, from ${BOUNDS.memory.least} to ${BOUNDS.memory.most}`
  }
  if (!isWithin(seconds, BOUNDS.time)) {
    return `--cpu-limit takes seconds, from ${BOUNDS.time.least} to ${BOUNDS.time.most}`
  }
  return { memory: bytes, time: seconds * 1000 }
}

/** The one flag that has a short name, tied to its code, which may begin like a flag: `-- a comment`. */
function inLong(args: readonly string[]): string[] {
  const at = args.findIndex(word => word === '-e' || word === '--eval')
  const code = args[at + 1]
  return at === -1 || code === undefined
    ? [...args]
    : [...args.slice(0, at), `--eval=${code}`, ...args.slice(at + 2)]
}
