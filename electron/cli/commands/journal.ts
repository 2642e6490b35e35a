import { journalFolder } from '../../broker/home.ts'
import { openJournal } from '../../broker/journal.ts'
import { EXIT } from '../exit-codes.ts'

/** `kosmo journal`: the posts of which nobody knows whether they were posted. Exit code 1 where there are any. */
export function journalCommand(args: string[]): number {
  const folder = journalFolder(process.env)
  const open = openJournal(folder, Date.now)
    .list()
    .flatMap(({ state }) => (state.kind === 'unresolved' ? [state] : []))
  if (args.includes('--json')) {
    const entries = open.map(({ intent, sending, attempts, why }) => ({
      ...intent,
      sentAt: sending.at,
      attempts,
      why,
    }))
    console.log(JSON.stringify({ success: true, folder, unresolved: entries }, null, 2))
  } else if (open.length === 0) {
    console.log(`Every post is accounted for (${folder}).`)
  } else {
    for (const { intent, sending, why } of open) {
      const where = `${intent.server} channel ${intent.channel}${intent.root === undefined ? '' : ` thread ${intent.root}`}`
      console.log(`${sending.at}  ${intent.characters} characters to ${where}: ${why}`)
    }
    console.log('These may have been posted. The next call with the same text looks in the channel first.')
  }
  return open.length === 0 ? EXIT.ok : EXIT.failure
}
