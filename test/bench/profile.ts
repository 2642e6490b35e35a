import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLiveLine } from '../setup/live-line.mjs'
import type { Launch } from '../setup/stdio-client.ts'
import type { Bench } from './bench.ts'
import { startBrokerProcess } from './broker-process.ts'
import { coldStart } from './cold-start.ts'
import { goodCall } from './good-call.ts'
import { launchProgram, type Program } from './programs.ts'
import type { Section } from './section.ts'
import { type CpuProfile, type SelfTime, selfTimes, selfTimesOfFiles } from './self-times.ts'
import { exactly } from './stats.ts'
import { temporaryFolder } from './temporary.ts'

const STARTS = 20
const CALLS = 1_000
const SHOWN = 25
const SHOWN_FILES = 10
const INTERVAL_US = 100

/** Writes V8's CPU profiles of cold starts and of many calls into a folder; gives where the time went. */
export async function profilePrograms(bench: Bench, target: string): Promise<Section[]> {
  const folder = resolve(target)
  const [program] = bench.programs
  if (program === undefined) return []
  const inFolder = (run: string, profile: typeof profileSolo) => {
    const own = join(folder, run)
    mkdirSync(own, { recursive: true })
    for (const name of profilesIn(own)) rmSync(join(own, name))
    return withLiveLine(`Profiles of ${run}`, () => profile(bench, program, own))
  }
  await inFolder('cold-start', profileStarts)
  await inFolder('solo', profileSolo)
  await inFolder('relayed', profileRelayed)
  return [
    ...topOf(folder, 'cold-start', '', `${STARTS} cold starts, Node's own included`),
    ...topOf(folder, 'solo', '', `${CALLS} calls of get_post, alone`),
    ...topOf(folder, 'relayed', 'mcp-serve', `${CALLS} calls of get_post through a broker: the bridge`),
    ...topOf(folder, 'relayed', 'gateway', `${CALLS} calls of get_post through a broker: the gateway`),
    ...topOf(folder, 'relayed', 'broker', `${CALLS} calls of get_post through a broker: the broker`),
  ]
}

async function profileStarts({ server }: Bench, program: Program, folder: string): Promise<void> {
  for (let nth = 0; nth < STARTS; nth++) {
    const { client } = await coldStart(profiled(launchProgram(program, server), folder))
    await client.end()
  }
}

async function profileSolo({ server }: Bench, program: Program, folder: string): Promise<void> {
  const { client } = await coldStart(profiled(launchProgram(program, server), folder))
  for (let nth = 0; nth < CALLS; nth++) await goodCall(client, 'get_post', { post_id: server.postId })
  await client.end()
}

async function profileRelayed({ server }: Bench, program: Program, folder: string): Promise<void> {
  const copy = copyOf(program)
  const broker = await startBrokerProcess(copy, 'allow')
  // A spare that is profiled is never quiet, so it is not waited for.
  const { client } = await coldStart(launchProgram(copy, server, { home: broker.home }))
  for (let nth = 0; nth < CALLS; nth++) await goodCall(client, 'get_post', { post_id: server.postId })
  await client.end()
  await broker.close()
  for (const name of profilesIn(dirname(copy.script))) {
    copyFileSync(join(dirname(copy.script), name), join(folder, name))
  }
}

/** The built program with one that profiles itself in front of it. */
function copyOf({ name, script }: Program): Program {
  const folder = join(temporaryFolder(), 'cli')
  cpSync(dirname(script), folder, { recursive: true })
  const copied = join(folder, 'kosmo.cjs')
  renameSync(copied, join(folder, 'real-kosmo.cjs'))
  copyFileSync(fileURLToPath(new URL('profiled-program.cjs', import.meta.url)), copied)
  return { name, script: copied }
}

function profiled({ command, args, env }: Launch, folder: string): Launch {
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${INTERVAL_US}`]
  return { command, args: [...flags, ...args], env }
}

function profilesIn(folder: string): string[] {
  return readdirSync(folder).filter(name => name.endsWith('.cpuprofile'))
}

function topOf(folder: string, run: string, prefix: string, title: string): Section[] {
  const paths = profilesIn(join(folder, run)).filter(name => name.startsWith(prefix))
  const profiles = paths.map(name => JSON.parse(readFileSync(join(folder, run, name), 'utf8')) as CpuProfile)
  const id = `profile ${run} ${prefix}`
  return [
    sectionOf(`${id} files`, `Self time by file: ${title}`, selfTimesOfFiles(profiles, SHOWN_FILES)),
    sectionOf(id, `Self time by function: ${title}`, selfTimes(profiles, SHOWN)),
  ]
}

function sectionOf(id: string, title: string, times: readonly SelfTime[]): Section {
  return {
    id,
    title,
    about: 'Time in code itself, without what it called, as V8 sampled it; idling is left out.',
    columns: [
      { head: 'ms', digits: 1 },
      { head: 'part', digits: 3 },
    ],
    rows: times.map(({ what, ms, part }) => ({
      what,
      program: '',
      cells: [{ value: exactly(ms) }, { value: exactly(part) }],
    })),
  }
}
