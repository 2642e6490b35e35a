const TICK_MS = 120
const PLAIN_EVERY_MS = 10_000

/**
 * Tells what goes on while `work` runs: a line that counts on a terminal, plain lines elsewhere, all on stderr.
 *
 * @param {string} what such as `Building the program`
 * @param {() => Promise<T>} work
 * @param {() => string} [detail] how far it is, such as `120 of 190 packages`
 * @returns {Promise<T>}
 * @template T
 */
export async function withLiveLine(what, work, detail = () => '') {
  const { stderr } = process
  const live = stderr.isTTY === true && process.env.CI === undefined
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const line = () => [`${what} …`, detail(), `${seconds()} s`].filter(part => part !== '').join('  ')
  const draw = () => stderr.write(`\r\x1b[2K${line().slice(0, (stderr.columns ?? 80) - 1)}`)
  const tell = () => stderr.write(`  ${line()}\n`)
  if (!live) stderr.write(`${what} …\n`)
  const timer = setInterval(live ? draw : tell, live ? TICK_MS : PLAIN_EVERY_MS)
  let ended = 'failed'
  try {
    const result = await work()
    ended = 'done'
    return result
  } finally {
    clearInterval(timer)
    stderr.write(`${live ? '\r\x1b[2K' : '  '}${what}: ${ended} after ${seconds()} s\n`)
  }
}
