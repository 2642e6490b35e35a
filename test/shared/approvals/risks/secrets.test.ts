import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secretsIn } from '../../../../shared/approvals/risks/secrets.ts'

const BODY = 'q7Rt2ZkX9vBn4LmP8sWd3FgH6jKy1CxT5aQe'
const LOWER = 'q7rt2zkx9vbn4lmp8swd3fgh6j'
/** Written in parts: nothing here may look like a secret to those who scan repositories. */
const join = (...parts: string[]) => parts.join('')

const SECRETS: [what: string, before: string, secret: string, where: string][] = [
  ['GitHub token', '', join('ghp', '_', BODY), 'ghp_…5aQe'],
  ['GitHub token', '', join('github', '_pat_', BODY), 'github_pat_…5aQe'],
  [
    'GitLab token',
    '',
    join('glpat', '-', BODY.slice(0, 20)),
    'glpat-…3FgH'.replace('3FgH', BODY.slice(16, 20)),
  ],
  ['AWS key', '', join('AKIA', 'IOSFODNN7EXAMPLE'), 'AKIA…MPLE'],
  ['Slack token', '', join('xoxb', '-123456789012-', BODY), 'xoxb-…5aQe'],
  [
    'Slack webhook',
    'https://hooks.slack.com/services/',
    join('T0/', 'B0/', BODY),
    'hooks.slack.com/services/…',
  ],
  ['Google key', '', join('AIza', BODY.slice(0, 35)), `AIza…${BODY.slice(31, 35)}`],
  ['Stripe key', '', join('sk', '_live_', BODY), 'sk_live_…5aQe'],
  ['npm token', '', join('npm', '_', BODY), 'npm_…5aQe'],
  ['API key', '', join('sk', '-ant-', BODY), 'sk-…5aQe'],
  ['JWT', '', join('eyJ', 'hbGciOiJ9.eyJ', 'zdWIiOiIx.', BODY), 'eyJ…5aQe'],
  ['password in a link', 'postgres://bob:', 's3cret-word', 'postgres://bob:…'],
  ['bearer token', 'Authorization: Bearer ', BODY, 'Bearer…5aQe'],
  ['Mattermost token', 'my token is ', LOWER, '…gh6j'],
  ['Mattermost token', '', LOWER, '…gh6j'],
  ['password assignment', 'password: ', 'hunter2', 'password:…'],
  ['password assignment', 'DB_PASSWORD=', 'correcthorse', 'PASSWORD=…'],
  ['password assignment', '"api_key": "', 'abc-123-def', 'api_key": "…'],
]

function textOf(before: string, secret: string, what: string): string {
  const behind = what === 'password in a link' ? '@db.local/x' : before.endsWith('"') ? '",' : ' is it'
  return `Here: ${before}${secret}${what === 'Mattermost token' && before === '' ? ' (access token)' : behind}`
}

describe('secretsIn', () => {
  it.each(SECRETS)('finds a %s behind %j', (what, before, secret, where) => {
    expect(secretsIn(textOf(before, secret, what))).toEqual([{ what, where }])
  })

  it('finds a private key', () => {
    for (const kind of ['RSA ', 'OPENSSH ', '', 'ENCRYPTED ']) {
      const head = join('-----BEGIN ', kind, 'PRIVATE KEY-----')
      expect(secretsIn(`${head}\n${BODY}`)).toEqual([{ what: 'private key', where: head }])
    }
  })

  it('never shows more of one than its kind and four characters', () => {
    fc.assert(
      fc.property(fc.subarray(SECRETS, { minLength: 1 }), chosen => {
        const found = secretsIn(
          chosen.map(([what, before, secret]) => textOf(before, secret, what)).join('\n'),
        )
        expect(found.length).toBeGreaterThanOrEqual(1)
        for (const [what, before, secret] of chosen) {
          const inner = secret.replace(/^(github_pat_|[a-z]+_live_|[A-Za-z]{2,5}[-_]|AKIA|AIza|eyJ)/, '')
          for (const { where } of found) {
            expect(where, `${what} ${before}`).not.toContain(inner.slice(0, 5))
            expect(where).not.toContain(inner.slice(-5))
          }
        }
      }),
    )
  })

  it.each([
    'Please reset the password: it is too old',
    'password: required',
    'password: ********',
    'password=<your password>',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell would have it
    'token=${TOKEN}',
    'token: $GITHUB_TOKEN',
    'const token = process.env.TOKEN_1',
    'secret = getSecret()',
    'api_key: {{ key_1 }}',
    'password: ……',
    'the tokens: many',
    'task-management-system-design-document-2 and risk-assessment-of-the-year-2026',
    'sk-this-is-only-a-long-name-of-something',
    `post ${LOWER}`,
    `https://chat.example.test/eng/pl/${LOWER} speaks of a token`,
    `${'abcdefghijklmnopqrstuvwxyz'} token`,
    'commit 3f786850e387550fdab836ed7e6dc881de23001b',
    'https://user@example.com/x and https://example.com:8065/a@b',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----',
    'eyJhbGciOiJ9 alone',
  ])('finds none in %j', text => {
    expect(secretsIn(text)).toEqual([])
  })

  it('names at most 20, in the order of the text', () => {
    const found = secretsIn(
      Array.from({ length: 30 }, (_, nth) => `password=a${nth}-${BODY}`)
        .join('\n')
        .concat(`\nghp_${BODY}`),
    )
    expect(found).toHaveLength(20)
    expect(secretsIn(`password=abc-def1 ghp_${BODY}`).map(({ what }) => what)).toEqual([
      'password assignment',
      'GitHub token',
    ])
  })

  it('takes what is one for one thing', () => {
    expect(secretsIn(`token=ghp_${BODY}`)).toEqual([{ what: 'GitHub token', where: 'ghp_…5aQe' }])
  })
})
