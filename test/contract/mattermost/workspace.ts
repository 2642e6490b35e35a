import { memoryWorkspace } from './memory-workspace.ts'
import { restWorkspace } from './rest-workspace.ts'

export type PersonName = 'alice' | 'bob' | 'carol'
export type ChannelName = 'dev' | 'vault' | 'secret' | 'lounge' | 'old' | 'direct'

/**
 * The same small workspace on our own server or on a real one. alice and bob are in the team; carol is in none.
 * dev: open, alice and bob. vault: private, alice. secret: private, bob. lounge: open, bob. old: archived, alice.
 * direct: alice and bob.
 */
export type Workspace = {
  url: string
  ids: {
    people: Record<PersonName, string>
    channels: Record<ChannelName, string>
    team: string
    teamName: string
  }
  names: Record<PersonName, string>
  token: (person: PersonName) => string
  /** Posts and returns the id. */
  say: (person: PersonName, channel: ChannelName, text: string, root?: string) => Promise<string>
  /** As a system admin, who may set the time. */
  sayAt: (channel: ChannelName, text: string, createAt: number) => Promise<string>
  edit: (person: PersonName, postId: string, text: string) => Promise<void>
  remove: (person: PersonName, postId: string) => Promise<void>
  react: (person: PersonName, postId: string, emoji: string) => Promise<void>
  close: () => Promise<void>
}

/** Opens a fresh workspace: on the server of MM_URL if it is set (MM_ADMIN_TOKEN is a system admin's then), else on our own. */
export function openWorkspace(): Promise<Workspace> {
  const url = process.env.MM_URL
  const token = process.env.MM_ADMIN_TOKEN
  if (url === undefined) return memoryWorkspace()
  if (token === undefined) throw new Error('MM_URL needs MM_ADMIN_TOKEN, the token of a system admin')
  return restWorkspace(url.replace(/\/+$/, ''), token)
}
