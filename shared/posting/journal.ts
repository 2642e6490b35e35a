import type { JournalLine, JournalState } from './journal-entry.ts'

/** One post's journal file, open for its next steps. */
export type JournalFile = {
  /** Writes a step and has it on disk before it returns. @throws KosmoError where the disk does not take it */
  write(line: JournalLine): void
  /** @throws KosmoError where the disk does not give it */
  state(): JournalState | undefined
}

/** What was about to be posted, on disk before it is sent. */
export type Journal = {
  /** The file of a key, empty where there was none. @throws KosmoError where the disk does not take it */
  open(key: string): JournalFile
  /** Every file of the last day or that has no end yet, oldest first. @throws KosmoError where one cannot be read */
  list(): { file: JournalFile; state: JournalState }[]
}
