import type { JsonObject } from '../../shared/clients/server-entry.ts'

/** What stands in the settings under the name of our server. */
export type FoundEntry =
  | { kind: 'absent' }
  | { kind: 'entry'; value: unknown; hasComment: boolean }
  /** What is around it is no table of servers, and the client would not take it either. */
  | { kind: 'unusable'; why: string }

/** How an entry was put into a text, so that it can be taken out without a trace. */
export type Placing = {
  /** What was put before it to part it from the rest. */
  lead: string
  /** What was put behind it. */
  tail: string
  /** A comma was put behind the member before it. */
  comma: boolean
  /** The table of servers was not there before. */
  madeContainer: boolean
}

/** Settings of a client as text in which one entry is ours. Texts may begin with a byte order mark. */
export type SettingsFormat = {
  /** Where the text stops being valid, as an editor counts; undefined where it is valid. */
  fault(text: string): { line: number; column: number } | undefined
  find(text: string, name: string): FoundEntry
  /**
   * The text with the entry in it. `placing` is undefined where it took the place of one that was there.
   *
   * @throws Error where that cannot be done
   */
  put(text: string, name: string, entry: JsonObject): { text: string; placing: Placing | undefined }
  /** The text without the entry. @throws Error where that cannot be done */
  remove(text: string, name: string, placing: Placing): string
  /** Everything but the entry, for comparing with `isDeepStrictEqual`. */
  others(text: string, name: string): unknown
}
