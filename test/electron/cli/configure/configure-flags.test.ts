import { describe, expect, it } from 'vitest'
import { readConfigureFlags } from '../../../../electron/cli/configure/configure-flags.ts'

const TOKEN = 't0k3nt0k3nt0k3nt0k3nt0k3n1'

describe('what is understood', () => {
  it("the product's page, both ways of writing flags, and the last of several", () => {
    const line = [
      'mattermost',
      '--set',
      `access_token=${TOKEN}`,
      '--enable',
      '--read',
      'allow',
      '--write',
      'ask',
    ]
    expect(readConfigureFlags([...line, '--json'])).toEqual({
      kind: 'change',
      integration: 'mattermost',
      changes: {
        account: 'default',
        set: { access_token: TOKEN },
        unset: [],
        enabled: true,
        read: 'allow',
        write: 'ask',
        store: undefined,
      },
      verify: true,
      json: true,
      stdin: false,
      namesAccount: false,
    })
    const other = [
      'mattermost',
      `--set=access_token=${TOKEN}`,
      '--enable',
      '--read=allow',
      '--write=ask',
      '--json',
    ]
    expect(readConfigureFlags(other)).toEqual(readConfigureFlags([...line, '--json']))
  })

  it('values that hold "=", several of them, and what is taken away', () => {
    const args = [
      'mattermost',
      '--set',
      'url=https://a/?b=c',
      '--set',
      'scope=x',
      '--unset',
      'proxy',
      '--no-verify',
    ]
    expect(readConfigureFlags(args)).toMatchObject({
      changes: { set: { url: 'https://a/?b=c', scope: 'x' }, unset: ['proxy'] },
      verify: false,
    })
  })

  it('--permissions, and flags that say it otherwise', () => {
    const read = (...args: string[]) => readConfigureFlags(['mattermost', ...args])
    expect(read('--permissions=read:allow,write:ask')).toMatchObject({
      changes: { read: 'allow', write: 'ask' },
    })
    expect(read('--permissions', 'write:deny')).toMatchObject({ changes: { read: undefined, write: 'deny' } })
    expect(read('--permissions=write:deny', '--write=ask')).toMatchObject({ changes: { write: 'ask' } })
  })

  it('a form, a list and a removal', () => {
    expect(readConfigureFlags(['mattermost'])).toMatchObject({ kind: 'form' })
    expect(readConfigureFlags(['mattermost', '--account', 'work', '--store=file', '--json'])).toMatchObject({
      kind: 'form',
      changes: { account: 'work', store: 'file' },
      json: true,
    })
    expect(readConfigureFlags(['mattermost', '--list'])).toMatchObject({ kind: 'list' })
    expect(readConfigureFlags(['mattermost', '--remove', '--account=work'])).toMatchObject({
      kind: 'remove',
      account: 'work',
    })
    expect(readConfigureFlags(['--help'])).toEqual({ kind: 'help' })
  })
})

describe('what is not, with a sentence and without a word that could be a token', () => {
  it.each([
    [[], /name the integration/],
    [['mattermost', TOKEN], /words that belong to no flag/],
    [['mattermost', '--set'], /--set is not used like that/],
    [['mattermost', '--set', TOKEN], /--set takes name=value/],
    [['mattermost', '--set', `=${TOKEN}`], /--set takes name=value/],
    [['mattermost', `--${TOKEN}`], /flag that is not known/],
    [['mattermost', `--access_token=${TOKEN}`], /flag that is not known.*--set/],
    [['mattermost', `-${TOKEN}`], /./],
    [['mattermost', '--read', 'ask'], /reads cannot be asked about one by one/],
    [['mattermost', '--permissions=read:ask'], /reads cannot be asked/],
    [['mattermost', '--read', TOKEN], /permission to read is allow or deny/],
    [['mattermost', '--write', TOKEN], /permission to write is deny, ask or allow/],
    [['mattermost', '--write', 'ALLOW'], /permission to write/],
    [['mattermost', '--write='], /permission to write/],
    [['mattermost', `--permissions=${TOKEN}`], /written like read:allow,write:ask/],
    [['mattermost', '--permissions=write:ask:no'], /written like/],
    [['mattermost', '--enable', '--disable'], /exclude each other/],
    [['mattermost', `--enable=${TOKEN}`], /--enable is not used like that/],
    [['mattermost', '--account', '../x'], /--account takes/],
    [['mattermost', '--account', '__proto__'], /--account takes/],
    [['mattermost', '--store', 'plain'], /keychain or file/],
    [['mattermost', '--project'], /--project goes with/],
    [['mattermost', '--project', '--set', 'url=x'], /accounts are yours/],
    [['mattermost', '--project', '--global', '--enable'], /exclude each other/],
    [['mattermost', '--remove', '--set', `access_token=${TOKEN}`], /--remove goes with/],
    [['mattermost', '--remove', '--stdin-json'], /--remove goes with/],
  ])('%j', (args, why) => {
    const read = readConfigureFlags(args)
    expect(read).toMatchObject({ kind: 'usage-error', message: expect.stringMatching(why) })
    expect(JSON.stringify(read)).not.toContain(TOKEN)
  })
})
