import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

/**
 * Runs a program that gets no stdin, and keeps its output to itself.
 *
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = chunk => {
      output = (output + chunk).slice(-20_000)
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', reject)
    child.on('close', code => resolve({ code, output }))
  })
}

/** The end of an output, for a person to read. */
export function lastLines(output, count = 20) {
  return stripVTControlCharacters(output).trim().split('\n').slice(-count).join('\n')
}
