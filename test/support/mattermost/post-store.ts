import { parseHashtags } from './hashtags.ts'
import type { Channel, FileRecord, Person, Post } from './records.ts'
import type { World } from './world.ts'

export type PostOptions = Partial<
  Pick<Post, 'id' | 'createAt' | 'editAt' | 'isPinned' | 'type' | 'props' | 'originalId'>
> & { files?: FileRecord[] }

// Joins and leaves are not messages: they do not count in total_msg_count (seen in the 6.7.3 channel lists).
const UNCOUNTED = /^system_((add|join|leave|remove)_|join_leave|add_remove)/

/** The posts of a world, by channel in order of time and by thread, with the row order that `since` follows. */
export class PostStore {
  readonly #world: World
  readonly #byId = new Map<string, Post>()
  readonly #byChannel = new Map<string, Post[]>()
  readonly #replies = new Map<string, Post[]>()
  #rowVersion = 0

  constructor(world: World) {
    this.#world = world
  }

  get size(): number {
    return this.#byId.size
  }

  /** Any row, deleted ones and old versions of edited posts included. */
  row(id: string): Post | undefined {
    return this.#byId.get(id)
  }

  /** A post that is neither deleted nor an old version. */
  live(id: string): Post | undefined {
    const post = this.#byId.get(id)
    return post !== undefined && post.deleteAt === 0 ? post : undefined
  }

  /** Every row of a channel, oldest first. */
  inChannel(channelId: string): readonly Post[] {
    return this.#byChannel.get(channelId) ?? []
  }

  /** The living replies of a root, oldest first. */
  replies(rootId: string): Post[] {
    return (this.#replies.get(rootId) ?? []).filter(post => post.deleteAt === 0)
  }

  add(channel: Channel, author: Person, message: string, options: PostOptions = {}): Post {
    return this.#insert(channel, author, message, '', options)
  }

  /** Replies to a root: the root counts as changed, as on the real server. */
  addReply(root: Post, author: Person, message: string, options: PostOptions = {}): Post {
    const channel = this.#world.channels.get(root.channelId)
    if (channel === undefined) throw new Error('the root is in no channel')
    const reply = this.#insert(channel, author, message, root.id, options)
    root.followers.add(root.userId).add(author.id)
    if (root.updateAt < reply.createAt) this.#touch(root, reply.createAt)
    return reply
  }

  #insert(channel: Channel, author: Person, message: string, rootId: string, options: PostOptions): Post {
    const { files, ...given } = options
    const at = this.#world.stamp(given.createAt)
    const post: Post = {
      id: this.#world.newId(),
      createAt: at,
      updateAt: at,
      editAt: 0,
      deleteAt: 0,
      isPinned: false,
      userId: author.id,
      channelId: channel.id,
      rootId,
      originalId: '',
      message,
      type: '',
      props: author.isBot && given.type === undefined ? { from_bot: 'true' } : {},
      hashtags: given.type?.startsWith('system_') === true ? '' : parseHashtags(message),
      fileIds: (files ?? []).map(file => file.id),
      reactions: [],
      followers: new Set(),
      rowVersion: 0,
      ...given,
    }
    for (const file of files ?? []) file.postId = post.id
    this.#store(post)
    this.#count(channel, post)
    return post
  }

  #store(post: Post): void {
    post.rowVersion = ++this.#rowVersion
    this.#byId.set(post.id, post)
    const rows = this.#byChannel.get(post.channelId) ?? []
    this.#byChannel.set(post.channelId, rows)
    let place = rows.length
    while (place > 0 && (rows[place - 1]?.createAt ?? 0) > post.createAt) place--
    rows.splice(place, 0, post)
    if (post.rootId !== '') {
      const replies = this.#replies.get(post.rootId) ?? []
      this.#replies.set(
        post.rootId,
        [...replies, post].sort((a, b) => a.createAt - b.createAt),
      )
    }
  }

  #count(channel: Channel, post: Post): void {
    channel.lastPostAt = Math.max(channel.lastPostAt, post.createAt)
    if (post.rootId === '') channel.lastRootPostAt = Math.max(channel.lastRootPostAt, post.createAt)
    if (UNCOUNTED.test(post.type)) return
    channel.totalMsgCount++
    if (post.rootId === '') channel.totalMsgCountRoot++
  }

  #touch(post: Post, at: number): void {
    post.updateAt = at
    post.rowVersion = ++this.#rowVersion
  }

  /** Edits the text: the old text stays as a row of its own, deleted, which `since` shows. */
  edit(post: Post, message: string, at?: number, oldId?: string): Post {
    const stamp = this.#world.stamp(at)
    const old: Post = {
      ...post,
      id: oldId ?? this.#world.newId(),
      deleteAt: stamp,
      updateAt: stamp,
      originalId: post.id,
      reactions: [],
    }
    post.message = message
    post.editAt = stamp
    this.#touch(post, stamp)
    this.#store(old)
    this.#bump(post, stamp)
    return old
  }

  /** Deletes a post and, if it is a root, its replies. */
  delete(post: Post, by: Person, at?: number): void {
    const stamp = this.#world.stamp(at)
    for (const row of [post, ...this.replies(post.id)]) {
      row.deleteAt = stamp
      row.props = { ...row.props, deleteBy: by.id }
      this.#touch(row, stamp)
    }
  }

  pin(post: Post, at?: number): void {
    const stamp = this.#world.stamp(at)
    post.isPinned = true
    this.#touch(post, stamp)
    this.#bump(post, stamp)
  }

  /** A reaction makes the post newer without making it edited. */
  react(post: Post, person: Person, emojiName: string, at?: number): void {
    const stamp = this.#world.stamp(at)
    post.reactions.push({ personId: person.id, emojiName, createAt: stamp })
    this.#touch(post, stamp)
  }

  // An update of a reply also touches its root, and any update moves the channel's last_post_at.
  #bump(post: Post, at: number): void {
    const channel = this.#world.channels.get(post.channelId)
    if (channel !== undefined) channel.lastPostAt = Math.max(channel.lastPostAt, at)
    const root = this.#byId.get(post.rootId)
    if (root !== undefined && root.updateAt < at) this.#touch(root, at)
  }
}
