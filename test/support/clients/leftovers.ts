import { readdir, readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/**
 * Waits for the processes whose environment names the folder to end by themselves, ends those that do not
 * and returns their command lines. Codex starts servers in process groups of their own, so ending its group
 * would not do. Linux only; elsewhere a server has to end with its stdin.
 */
export async function endProcessesOf(folder: string, patience = 10_000): Promise<string[]> {
  const deadline = Date.now() + patience
  let found = await processesOf(folder)
  while (found.length > 0 && Date.now() < deadline) {
    await setTimeout(25)
    found = await processesOf(folder)
  }
  for (const { pid } of found) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Ended by itself meanwhile.
    }
  }
  return found.map(({ command }) => command)
}

/** Lists the processes whose environment names the folder. */
async function processesOf(folder: string): Promise<{ pid: number; command: string }[]> {
  if (process.platform !== 'linux') return []
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number)
  const all = await Promise.all(pids.map(async pid => ({ pid, ...(await describe(pid)) })))
  return all.filter(({ environment }) => environment.includes(folder))
}

async function describe(pid: number): Promise<{ environment: string; command: string }> {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
  const [environment, command] = await Promise.all([read('environ'), read('cmdline')])
  return { environment, command: command.replaceAll('\0', ' ').trim() }
}
