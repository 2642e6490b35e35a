import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../support/broker/until.ts'
import { makePrivateHome } from '../support/clients/private-home.ts'
import { realClients } from '../support/clients/real-clients.ts'
import { type RecordingModel, startRecordingModel } from '../support/clients/recording-model.ts'
import { runProgram } from '../support/clients/run-program.ts'
import { tool } from '../support/codex/kosmo-entry.ts'
import { builtProgram } from '../support/mcp/program.ts'

const READ_TOOLS = [
  'get_channel',
  'get_current_user',
  'get_post',
  'list_channels',
  'list_posts',
  'list_teams',
].map(tool)

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

beforeAll(async () => {
  await Promise.all(realClients.map(client => client.install()))
}, 600_000)

describe.each(realClients)('the real $id', client => {
  it('shows our tools to its model once it is connected, and has its settings back byte for byte', async () => {
    const user = await makePrivateHome()
    closing.push(user.close)
    const model = await startRecordingModel()
    closing.push(model.close)
    const home = user.env.HOME ?? ''
    const { path, text } = client.settings(model.url)
    const file = join(home, path)
    await mkdir(dirname(file), { recursive: true })
    await mkdir(join(home, '.claude'), { recursive: true })
    await writeFile(file, text)
    const cwd = user.workspace
    const kosmo = (...args: string[]) =>
      runProgram(process.execPath, [builtProgram(), ...args, `--client=${client.id}`], { cwd, env: user.env })

    const installed = await kosmo('mcp:gateway:install')
    expect(installed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/lists 6 tools/) })
    const { command, args, env } = client.ask(await client.install(), model.url)
    const proxies = { HTTP_PROXY: model.url, HTTPS_PROXY: model.url, NO_PROXY: '127.0.0.1' }
    const asking = spawn(command, args, { cwd, env: { ...user.env, ...proxies, ...env }, stdio: 'ignore' })
    closing.push(async () => asking.kill('SIGKILL'))
    const ended = once(asking, 'exit').then(() => toolsShown(model))
    const names = READ_TOOLS.map(name => client.prefix + name)
    const all = until(
      'our tools are shown',
      () => names.every(name => toolsShown(model).includes(name)),
      90_000,
    )
    expect(await Promise.race([all.then(() => names), ended])).toEqual(expect.arrayContaining(names))
    asking.kill('SIGKILL')
    await ended

    if (client.id === 'claude-code') {
      // It writes into this file itself whenever it runs; our part goes and its stays.
      const before = JSON.parse(await readFile(file, 'utf8'))
      expect(await kosmo('mcp:gateway:uninstall')).toMatchObject({ exitCode: 0 })
      const { 'kosmokrator-mattermost': ours, ...others } = before.mcpServers
      expect(ours).toBeTypeOf('object')
      expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...before, mcpServers: others })
    } else {
      expect(await kosmo('mcp:gateway:uninstall')).toMatchObject({ exitCode: 0 })
      expect(await readFile(file, 'utf8')).toBe(text)
    }
  }, 120_000)
})

/** The names of all tools that the model was offered, whatever it calls them. */
function toolsShown(model: RecordingModel): string[] {
  const found = new Set<string>()
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(collect)
    if (typeof value !== 'object' || value === null) return
    for (const [key, each] of Object.entries(value)) {
      if (key === 'name' && typeof each === 'string') found.add(each)
      collect(each)
    }
  }
  collect(model.questions())
  return [...found]
}
