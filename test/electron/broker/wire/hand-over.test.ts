import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handOver } from '../../../../electron/broker/wire/hand-over.ts'
import { until } from '../../../support/broker/until.ts'

/** Echoes what its client says, in front of what had been read before. */
const ECHO = `
  process.on('message', ({ rest }, socket) => {
    socket.write(Buffer.from(rest, 'base64'))
    socket.on('data', chunk => socket.write(chunk))
  })`

let folder: string
let server: Server
let children: ChildProcess[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kosmo-hand-'))
  server = createServer()
  children = []
  await new Promise<void>(resolve => server.listen(join(folder, 's'), resolve))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

function start(): ChildProcess {
  const child = spawn(process.execPath, ['--eval', ECHO], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  children.push(child)
  return child
}

/** A client, what it has been told, and the broker's end of it. */
async function connected() {
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const client = connect(join(folder, 's'))
  let told = ''
  let isOver = false
  client.on('data', chunk => {
    told += chunk.toString()
  })
  client.on('close', () => {
    isOver = true
  })
  const [ours] = await accepted
  return { client, ours, told: () => told, isOver: () => isOver }
}

describe.skipIf(process.platform === 'win32')('a connection that is handed over', () => {
  it('loses nothing of what came before, in between and after', async () => {
    const child = start()
    const { client, ours, told } = await connected()
    client.write('one ')
    await new Promise<void>(resolve => ours.once('readable', resolve))
    client.write('two ')
    handOver(child, ours, Buffer.from('zero '))
    client.write('three')
    await until('all is there', () => told() === 'zero one two three')
    expect(told()).toBe('zero one two three')
  })

  it('ends with a gateway that is killed, and with one that was killed before it took it', async () => {
    for (const signal of [undefined, 'SIGSTOP'] as const) {
      const child = start()
      const { ours, told, isOver } = await connected()
      if (signal !== undefined) child.kill(signal)
      handOver(child, ours, Buffer.from('hello'))
      if (signal === undefined) await until('it has it', () => told() === 'hello')
      child.kill('SIGKILL')
      await until('its client sees the end', isOver)
    }
  })

  it('does not keep the server from closing, whatever became of the gateway', async () => {
    const child = start()
    const { ours, told } = await connected()
    handOver(child, ours, Buffer.from('hello'))
    await until('it has it', () => told() === 'hello')
    child.kill('SIGKILL')
    await once(child, 'exit')
    let isClosed = false
    server.close(() => {
      isClosed = true
    })
    await until('it is closed', () => isClosed)
  })
})
