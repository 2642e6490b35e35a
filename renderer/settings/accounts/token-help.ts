/** How to get a token, by what kind of server and account it is for. */
export type TokenHelp = {
  id: string
  title: string
  /** Who this suits. */
  lead: string
  steps: string[]
  /** What an administrator has to switch on before. */
  admin: string
  link: string
}

const PERSONAL_DOCS = 'https://developers.mattermost.com/integrate/reference/personal-access-token/'
const BOT_DOCS = 'https://developers.mattermost.com/integrate/reference/bot-accounts/'

export const TOKEN_HELP: readonly TokenHelp[] = [
  {
    id: 'personal',
    title: 'Your own account',
    lead: 'Agents read what you can read, and post under your name.',
    steps: [
      'In Mattermost, click your picture at the top right, then Profile.',
      'Open Security, then Personal Access Tokens.',
      'Create a token, name it KosmoKrator, and copy it. It is shown once.',
    ],
    admin:
      'No such entry under Security? An administrator switches it on in the System Console under Integrations → Integration Management → Enable Personal Access Tokens, and lets your account create them under User Management → Users.',
    link: PERSONAL_DOCS,
  },
  {
    id: 'bot',
    title: 'A bot account',
    lead: 'Agents see only the channels that the bot was added to, and post under its name. The safest choice.',
    steps: [
      'In Mattermost, open the menu at the top left, then Integrations → Bot Accounts.',
      'Add a bot account and copy its token. It is shown once.',
      'Add the bot to your team, then to each channel that it may use.',
    ],
    admin:
      'No Bot Accounts there? An administrator switches them on in the System Console under Integrations → Bot Accounts → Enable Bot Account Creation, or creates the bot for you.',
    link: BOT_DOCS,
  },
  {
    id: 'cloud',
    title: 'Mattermost Cloud',
    lead: 'The address is the one in your browser, such as https://your-team.cloud.mattermost.com.',
    steps: [
      'Signing in with Google, GitLab, SAML or the like? You need a token all the same; never a password.',
      'Create the token as for your own account (Profile → Security → Personal Access Tokens), or use a bot account.',
      'Copy the token. It is shown once.',
    ],
    admin:
      'In the cloud, too, personal tokens are off at first: the workspace’s administrator switches them on in the System Console under Integrations → Integration Management.',
    link: PERSONAL_DOCS,
  },
]
