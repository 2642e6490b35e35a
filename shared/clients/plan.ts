import type { ServeOptions } from '../protocol/hello.ts'
import type { ClientId, Scope } from './client-facts.ts'
import type { Receipt } from './receipt.ts'
import type { JsonObject } from './server-entry.ts'

/** What a person wants of a client. */
export type InstallRequest = {
  client: ClientId
  scope: Scope
  /** The name of the server; undefined for the usual one. */
  name: string | undefined
  serve: ServeOptions
  /** Also over what somebody else wrote. */
  force: boolean
}

export type UninstallRequest = {
  client: ClientId
  scope: Scope
  /** Undefined for the one that was installed. */
  name: string | undefined
  force: boolean
}

/** A line of the file that goes or comes; numbers count from 1, in the file as it was or as it will be. */
export type PlanLine = { sign: '-' | '+'; number: number; text: string }

export const REFUSAL_CODES = [
  'not_installed',
  'no_such_scope',
  'bad_name',
  'unreadable',
  'broken_file',
  'foreign_entry',
  'changed_by_person',
  'several_entries',
  'not_connected',
  'cannot_edit',
  'changed_since_shown',
  'not_written',
] as const

export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** Why nothing is done, in sentences for the person. */
export type Refusal = { kind: 'refused'; code: RefusalCode; message: string }

/** A change of one file that a person can look at before it is made. */
export type Plan = {
  kind: 'plan'
  action: 'install' | 'uninstall'
  client: ClientId
  clientName: string
  scope: Scope
  name: string
  path: string
  /** The path without links: what is written. */
  target: string
  /** Of the file as it was looked at; undefined where there was none. */
  beforeHash: string | undefined
  before: string | undefined
  /** Undefined: the file is removed. */
  after: string | undefined
  /** Exactly the lines that change, and nothing of what stands around them. */
  lines: PlanLine[]
  /** What a person should know, a sentence each. */
  warnings: string[]
  /** What only the person can do so that it counts. */
  trustStep: string | undefined
  afterwards: string
  /** What is kept of it; for an uninstall: what there was. */
  receipt: Receipt | undefined
  entry: JsonObject | undefined
  /** Folders that go with the file, innermost first, where nothing else is in them. */
  removeFolders: string[]
  /** Whether the client reads the file as things are. */
  isRead: boolean
}

export type Planned =
  | Plan
  /** All is as it should be. `message` says so. */
  | { kind: 'nothing'; path: string; name: string; message: string; entry: JsonObject | undefined }
  | Refusal

export type Applied =
  | {
      kind: 'done'
      /** A copy of the file as it was; undefined where there was none. */
      backup: string | undefined
      /** What the client made of it, a sentence. */
      verified: string
      warnings: string[]
    }
  | { kind: 'rolled-back'; why: string }
  | Refusal

/** How a client stands with us. */
export const CLIENT_STATES = [
  'not-installed',
  'installed',
  'connected',
  'changed-by-person',
  'broken',
] as const

export type ClientState = (typeof CLIENT_STATES)[number]

export type ClientView = {
  id: ClientId
  name: string
  state: ClientState
  /** One sentence: what the state comes from. */
  said: string
  configPath: string
  /** Names of our servers in there. */
  servers: string[]
  /** Somebody took an entry of ours out. */
  hasVanished: boolean
}
