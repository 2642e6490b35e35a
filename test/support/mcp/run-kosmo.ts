import { execFile } from 'node:child_process'
import { builtProgram } from './program.ts'

/** Runs `kosmo` with an empty stdin to its end. */
export function runKosmo(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise(resolve => {
    const options = { env: { PATH: '/usr/bin:/bin' }, timeout: 20_000, killSignal: 'SIGKILL' as const }
    const child = execFile(process.execPath, [builtProgram(), ...args], options, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
        stdout,
        stderr,
      })
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end()
  })
}
