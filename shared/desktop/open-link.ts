/** Whether a link that somebody clicked may be given to the browser, and as what. */
export type LinkDecision = { kind: 'open'; url: string } | { kind: 'refused'; why: string }

const MOST = 4_096

/** https alone: other schemes start programs, and a name in front of the host hides where it leads. */
export function decideLink(text: string): LinkDecision {
  if (text.length > MOST || !URL.canParse(text)) return refused('it is no address')
  const { protocol, username, password, href } = new URL(text)
  if (protocol !== 'https:') return refused('only https links are opened')
  if (username !== '' || password !== '') return refused('there is a name or a password in front of its host')
  return { kind: 'open', url: href }
}

function refused(why: string): LinkDecision {
  return { kind: 'refused', why: `This link is not opened: ${why}. Copy it if you know where it leads.` }
}
