/** Something in a text that looks like a secret. */
export type SecretRisk = {
  what: string
  /** By what it is found in the text, e.g. `ghp_…abcd`; never the secret. */
  where: string
}

type Kind = {
  what: string
  /** Group 1 stands before the secret and is shown, group 2 is the secret. Bounded, or begun only where a run begins. */
  pattern: RegExp
  isMeant?: (secret: string, text: string, at: number) => boolean
  /** Of the secret, how much of its beginning says what kind it is, and nothing more. */
  prefix?: RegExp
}

const MAX_SECRETS = 20
/** How much of a secret's end is shown, of one that is this long. */
const SHOWN_END = 4
const LONG_ENOUGH = 20

/** What is found first keeps its place: what stands further down is less certain. */
const KINDS: Kind[] = [
  { what: 'private key', pattern: /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)()/g },
  {
    what: 'GitHub token',
    pattern: /()(gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/g,
    prefix: /^(gh[pousr]_|github_pat_)/,
  },
  {
    what: 'GitLab token',
    pattern: /()(gl(?:pat|dt|rt|cbt|ptt|agent)-[A-Za-z0-9_-]{20,255})/g,
    prefix: /^gl[a-z]+-/,
  },
  {
    what: 'AWS key',
    pattern: /(?<![A-Za-z0-9])()((?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Za-z0-9])/g,
    prefix: /^A[KS]IA/,
  },
  {
    what: 'Slack token',
    pattern: /()((?:xox[abceoprs]|xapp)-[A-Za-z0-9-]{10,255})/g,
    prefix: /^(xox[a-z]|xapp)-/,
  },
  {
    what: 'Slack webhook',
    pattern: /(hooks\.slack\.com\/(?:services|workflows)\/)([A-Za-z0-9/_-]{20,200})/g,
  },
  { what: 'Google key', pattern: /()(AIza[A-Za-z0-9_-]{35})/g, prefix: /^AIza/ },
  {
    what: 'Stripe key',
    pattern: /(?<![A-Za-z0-9])()((?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,255})/g,
    prefix: /^[sr]k_[a-z]+_/,
  },
  { what: 'npm token', pattern: /(?<![A-Za-z0-9])()(npm_[A-Za-z0-9]{36})/g, prefix: /^npm_/ },
  {
    what: 'API key',
    pattern: /(?<![A-Za-z0-9_-])()(sk-[A-Za-z0-9_-]{20,255})/g,
    prefix: /^sk-/,
    isMeant: secret => /\d/.test(secret) && /[A-Z]/.test(secret),
  },
  {
    what: 'JWT',
    pattern: /(?<![A-Za-z0-9_-])()(eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,})/g,
    prefix: /^eyJ/,
  },
  { what: 'password in a link', pattern: /([a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/]{1,100}:)([^\s@/]{3,100})@/gi },
  {
    what: 'bearer token',
    pattern: /(\bbearer[ \t]{1,5})([A-Za-z0-9._~+/=-]{20,500})/gi,
    prefix: /^/,
  },
  {
    what: 'Mattermost token',
    pattern: /(?<![A-Za-z0-9/])()([a-z0-9]{26})(?![A-Za-z0-9])/g,
    prefix: /^/,
    isMeant: (secret, text, at) => /\d/.test(secret) && /[a-z]/.test(secret) && speaksOfTokens(text, at),
  },
  {
    what: 'password assignment',
    pattern:
      /((?:password|passwd|passphrase|pwd|secret|credential|token|api[_-]?key|access[_-]?key|private[_-]?key)["'`]?[ \t]{0,5}(?::=|=>|[:=])[ \t]{0,5}["'`]?)([^\s"'`,;]{6,200})/gi,
    isMeant: isValue,
  },
]

/** What looks like a secret in a text, each place once, at most 20. */
export function secretsIn(text: string): SecretRisk[] {
  const found: { from: number; to: number; risk: SecretRisk }[] = []
  for (const { what, pattern, isMeant, prefix } of KINDS) {
    for (const match of text.matchAll(pattern)) {
      const [whole, before = '', secret = ''] = match
      const from = match.index
      const to = from + whole.length
      if (found.some(other => from < other.to && other.from < to)) continue
      if (isMeant !== undefined && !isMeant(secret, text, from + before.length)) continue
      found.push({ from, to, risk: { what, where: masked(before, secret, prefix) } })
      if (found.length === MAX_SECRETS) return inOrder(found)
    }
  }
  return inOrder(found)
}

function inOrder(found: { from: number; risk: SecretRisk }[]): SecretRisk[] {
  return found.sort((a, b) => a.from - b.from).map(({ risk }) => risk)
}

function masked(before: string, secret: string, prefix: RegExp | undefined): string {
  const start = `${before}${prefix === undefined ? '' : (prefix.exec(secret)?.[0] ?? '')}`.trim()
  if (secret === '') return start
  // Words that a person chose are short, and the end of one would be half of it.
  const end = prefix !== undefined && secret.length >= LONG_ENOUGH ? secret.slice(-SHOWN_END) : ''
  return `${start}…${end}`
}

const TOKEN_WORD = /token|bearer|secret|passw|credential|api.?key|\bpat\b|\bauth/i

/** Ids of posts and people look like tokens; what stands beside tells. */
function speaksOfTokens(text: string, at: number): boolean {
  return (
    TOKEN_WORD.test(text.slice(Math.max(0, at - 40), at)) || TOKEN_WORD.test(text.slice(at + 26, at + 46))
  )
}

/** Not a placeholder, a type, a variable or a plain word. */
function isValue(value: string, text: string, at: number): boolean {
  if (/^[<[{($%*#]|^(process|os|env|import|self|this)\b|[(){}]|^(.)\2*$|…|\.\.\./.test(value)) return false
  return (
    /[\d!-/:-@[-`{-~]/.test(value.replace(/[.!?]+$/, '')) || text.slice(Math.max(0, at - 7), at).includes('=')
  )
}
