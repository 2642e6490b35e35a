/** A file outside our own folders that changes. */
export type FileChange = {
  /** What it is to the person, a phrase. */
  title: string
  path: string
  /** Undefined: there is none. */
  before: string | undefined
  /** Undefined: it is removed. */
  after: string | undefined
  /** Of a file that is new. */
  mode: number
}

/** Changes that a person can look at before they are made, all or none. */
export type OutsidePlan =
  | {
      kind: 'plan'
      changes: FileChange[]
      /** The PATH of a Windows user. */
      userPath: { before: string; after: string } | undefined
      /** What the person should know or do, a sentence each. */
      notes: string[]
    }
  | { kind: 'nothing'; said: string; notes: string[] }
  | { kind: 'refused'; why: string }

/** How the command stands on the PATH. */
export const COMMAND_STATES = ['ready', 'shadowed', 'off-path', 'gone', 'absent'] as const

export type CommandState = {
  /**
   * `ready`: it starts this program; `shadowed`: another one is found before it; `off-path`: it is there, in a folder in
   * which nobody looks; `gone`: it starts what is not there any more; `absent`: there is none.
   */
  kind: (typeof COMMAND_STATES)[number]
  path: string | undefined
  /** A sentence. */
  said: string
}
