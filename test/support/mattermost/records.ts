import type { TeamType } from '@mattermost/types/teams'

export type Person = {
  id: string
  createAt: number
  updateAt: number
  /** Deactivated since, 0 for an active person. */
  deleteAt: number
  username: string
  email: string
  nickname: string
  firstName: string
  lastName: string
  position: string
  /** Space separated, as on the wire: `system_user system_admin`. */
  roles: string
  locale: string
  isBot: boolean
  botDescription: string
  mfaActive: boolean
  /** Set by posting without `set_online=false`. */
  online: boolean
}

export type Token = {
  value: string
  personId: string
  kind: 'personal' | 'session' | 'bot'
  state: 'good' | 'revoked' | 'disabled' | 'expired'
}

export type Team = {
  id: string
  createAt: number
  updateAt: number
  name: string
  displayName: string
  description: string
  type: TeamType
  email: string
  inviteId: string
  allowOpenInvite: boolean
  /** Person id to what that person may do there. */
  members: Map<string, { admin: boolean }>
}

export type Membership = {
  admin: boolean
  msgCount: number
  msgCountRoot: number
  mentionCount: number
  mentionCountRoot: number
  lastViewedAt: number
  lastUpdateAt: number
  muted: boolean
}

export type Channel = {
  id: string
  createAt: number
  updateAt: number
  /** Archived since, 0 for a channel in use. */
  deleteAt: number
  /** Empty for direct and group channels. */
  teamId: string
  type: 'O' | 'P' | 'D' | 'G'
  name: string
  displayName: string
  header: string
  purpose: string
  creatorId: string
  lastPostAt: number
  lastRootPostAt: number
  totalMsgCount: number
  totalMsgCountRoot: number
  /** Moderated: only its admins and system admins may post. */
  readOnly: boolean
  members: Map<string, Membership>
}

export type Reaction = { personId: string; emojiName: string; createAt: number }

export type Post = {
  id: string
  createAt: number
  updateAt: number
  editAt: number
  deleteAt: number
  isPinned: boolean
  userId: string
  channelId: string
  rootId: string
  originalId: string
  message: string
  type: string
  props: Record<string, unknown>
  hashtags: string
  fileIds: string[]
  reactions: Reaction[]
  followers: Set<string>
  /** Rises with every write of the row: the order in which the database finds rows. */
  rowVersion: number
}

export type FileRecord = {
  id: string
  personId: string
  channelId: string
  postId: string
  createAt: number
  name: string
  extension: string
  size: number
  mimeType: string
}

export type Preference = { personId: string; category: string; name: string; value: string }
