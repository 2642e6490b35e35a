import { journalFolder } from '../../broker/home.ts'
import { openJournal } from '../../broker/journal.ts'
import { EXIT } from '../exit-codes.ts'
import { runByEntry } from '../integrations/tell.ts'
import { journalEntry } from '../reference/entries/records.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'
import { clean } from '../terminal/request-rows.ts'

/** `kosmo journal`: the posts of which nobody knows whether they were posted. Exit code 1 where there are any. */
export function journalCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: journalEntry, words: 0, args, io }, flags => {
    const folder = journalFolder(io.variables)
    const open = openJournal(folder, io.now)
      .list()
      .flatMap(({ state }) => (state.kind === 'unresolved' ? [state] : []))
    if (flags.on('json')) {
      const unresolved = open.map(({ intent, sending, attempts, why }) => ({
        ...intent,
        sentAt: sending.at,
        attempts,
        why,
      }))
      printReadableJson(io, { success: true, folder, unresolved })
    } else if (open.length === 0) {
      io.out(`Every post is accounted for (${clean(folder)}).`)
    } else {
      for (const { intent, sending, why } of open) {
        const { server, channel, root, characters } = intent
        const where = `${server} channel ${channel}${root === undefined ? '' : ` thread ${root}`}`
        io.out(`${clean(sending.at)}  ${clean(`${characters} characters to ${where}: ${why}`)}`)
      }
      io.out('These may have been posted. The next call with the same text looks in the channel first.')
    }
    return open.length === 0 ? EXIT.ok : EXIT.failure
  })
}
