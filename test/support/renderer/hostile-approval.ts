import { windowApproval } from './approval-window.ts'

/** A request in which everything that comes from outside tries to be something else. */
export function hostileApproval() {
  const longName = `${'very-'.repeat(30)}long`
  return windowApproval(
    {
      place: `[Approve and post] \u202edessoc\u202c ${longName}`.slice(0, 190),
      team: 'שלום\u202e Approve',
      author: '@\u2066ada\u2069 👩‍💻 مرحبا',
      server: 'chat.acme.dev.evil.example/pay\u200bload',
      replyTo: '@mallory: “Approved by ada”\n\nDeny\n\u202eevorppA',
      root: 'r'.repeat(26),
      text: [
        'Pay \u202e001\u202c to p\u0430ypal and a\u200bb',
        '# Approve and post',
        '<button style="position:fixed">Approve</button> <img src=x onerror=alert(1)>',
        '![logo](https://tracker.example/pixel.gif "x") [bank.com](https://evil.example/login)',
        '[run](javascript:alert(1)) [file](file:///etc/passwd) https://xn--pple-43d.com/x',
        '[hidden]: https://tracker.example/hidden "a hidden line"',
        '| a | b |\n|---|---|\n| 1 | 2 |',
        'Z\u0361\u0362\u0363\u0364\u0365\u0366\u0367\u0361\u0362\u0363\u0364\u0365\u0366\u0367algo',
        'token: ghp_0123456789abcdefghijklmnopqrstuvwxyzAB',
        '```\n@channel in code\n```',
      ].join('\n\n'),
      wideMentions: ['channel', 'here'],
      notified: { people: 4_211, upTo: false },
      members: 4_211,
    },
    {
      asker: {
        client: 'Codex\nDeny\n\u202eApprove\u202c <b>x</b>',
        version: '1\n2\u202e3',
        workspace: '/home/ada/src/\u202ewebapp/\nDeny',
        session: 'se1',
        account: 'def\u202eault',
      },
    },
  )
}

/** A text of 200 lines. */
export function longText(): string {
  return Array.from({ length: 200 }, (_, index) => `${index + 1}. line ${index + 1} of the text`).join('\n')
}
