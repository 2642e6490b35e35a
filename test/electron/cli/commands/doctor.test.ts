import { expect, it } from 'vitest'
import { openTown } from '../../../e2e/town.ts'
import { newHome, showEverything, startBrokerProcess } from '../../../support/broker/broker-process.ts'
import { runProgram } from '../../../support/clients/run-program.ts'
import { builtProgram } from '../../../support/mcp/program.ts'

async function doctor(home: string, variables: Record<string, string>, ...args: string[]) {
  const env = { HOME: home, PATH: '/usr/bin:/bin', KOSMO_HOME: home, ...variables }
  return runProgram(process.execPath, [builtProgram(), 'doctor', ...args], { cwd: home, env })
}

it('kosmo doctor: a line each, what to do, and exit code 0 where nothing fails', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  await showEverything(broker)
  const account = { MATTERMOST_URL: town.account.url, MATTERMOST_ACCESS_TOKEN: town.account.token }
  const { exitCode, stdout, stderr } = await doctor(broker.home, account)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^ok +Broker +It runs .* reaches you by terminal\.$/m)
  expect(stdout).toMatch(/^ok +Account environment +The token is that of @alice at http/m)
  expect(stdout).toMatch(
    /^look +Clients +.*\n +Install Codex or another client, then run: kosmo mcp:gateway:install$/m,
  )
  expect(stdout).toMatch(/All of it works; \d could be better\.\n$/)
  expect(stdout).not.toContain(town.account.token)
  await town.close()
})

it('kosmo doctor --json: findings for programs, and exit code 1 where something fails', async () => {
  const { exitCode, stdout } = await doctor(newHome(), {}, '--json')
  const answer = JSON.parse(stdout)
  expect(exitCode).toBe(1)
  expect(answer.success).toBe(false)
  expect(answer.findings.find((each: { id: string }) => each.id === 'account')).toEqual({
    id: 'account',
    title: 'Account',
    state: 'fail',
    said: 'No account of Mattermost is set up.',
    todo: 'Run: kosmo integrations:configure mattermost',
  })
})

it('kosmo doctor refuses what it does not know', async () => {
  expect(await doctor(newHome(), {}, 'everything')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/takes no words/),
  })
})
